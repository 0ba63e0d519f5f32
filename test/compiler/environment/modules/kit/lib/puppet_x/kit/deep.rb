module PuppetX
  module Kit
    module Deep
      LEVEL = 3
      def self.level; LEVEL; end
    end
  end
end
