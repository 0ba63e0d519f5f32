# frozen_string_literal: true

module Rehearsal
  # The values that one call has got from the host, so that what comes back can be told from what was made anew:
  # a string out of a variable is still that object. Values are walked only when somebody first asks.
  class Frame
    @stack = []

    class << self
      def current
        @stack.last
      end

      def push
        frame = new
        @stack.push(frame)
        frame
      end

      # The value that a way begins at: a number, or how many calls further out and a number.
      def root(first)
        depth, id = first.is_a?(Array) ? first : [0, first]
        @stack[-1 - depth]&.root(id)
      end

      # The frames of the calls around the current one, nearest first.
      def outer
        @stack.size < 2 ? [] : @stack[0...-1].reverse
      end

      def pop(frame)
        @stack.pop until @stack.empty? || @stack.last.equal?(frame)
        @stack.pop
      end
    end

    def initialize
      @pending = []
      @places = nil
      @keys = nil
      @roots = {}
    end

    def add(root, value)
      @roots[root] = value
      @pending << root
    end

    def root(id)
      @roots[id]
    end

    # All variables, asked for once until something that changes variables is asked for.
    def variables = @variables ||= Rehearsal.ask('variables')

    def forget_variables
      @variables = nil
    end

    # The way to an object, root first: `[3, 1, "expires"]`, or `[[1, 3], 1, "expires"]` for the third root of the call
    # around this one; nil for an object that did not come from the host.
    def locate(object)
      way = own_way(object)
      return way if way

      Frame.outer.each_with_index do |frame, depth|
        way = frame.own_way(object)
        return [[depth + 1, way.first], *way.drop(1)] if way
      end
      nil
    end

    def own_way(object)
      place = places[object]
      return nil unless place

      way = []
      until place.is_a?(Integer)
        parent, key = place
        way.unshift(key) unless key.nil?
        place = @places[parent]
      end
      way.unshift(place)
    end

    # Ways to where hashes have this very object as a key (equal keys are one object): the last step is a list of it.
    def locate_key(key)
      places
      (@keys[key] || []).map { |hash| own_way(hash) + [[key]] }
    end

    private

    def places
      @places ||= {}.compare_by_identity
      @keys ||= {}.compare_by_identity
      until @pending.empty?
        root = @pending.shift
        value = @roots[root]
        walk(value, root)
      end
      @places
    end

    def walk(value, place)
      case value
      when String
        @places[value] ||= place
      when Array
        return if @places.key?(value)

        @places[value] = place
        value.each_with_index { |element, i| walk(element, [value, i]) }
      when Hash
        return if @places.key?(value)

        @places[value] = place
        value.each do |key, element|
          ((@keys[key] ||= []).size < 8) && @keys[key] << value if key.is_a?(String)
          walk(element, [value, key])
        end
      when Puppet::Pops::Types::PSensitiveType::Sensitive
        @places[value] ||= place
        walk(value.unwrap, [value, nil])
      end
    end
  end
end
