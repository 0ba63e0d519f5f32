module PuppetX
  module Kit
    class Shape
      attr_reader :width
      def initialize(width)
        @width = width
      end
      def area
        width * width
      end
      def eql?(o)
        o.is_a?(Shape) && o.width == width
      end
      alias == eql?
      def hash; width.hash; end
    end
  end
end
