# frozen_string_literal: true

module Puppet
  # Data types of modules: what a file defines is described to the host, which reads the interface.
  module DataTypes
    # What the block of `create_type` says.
    class Builder
      attr_reader :text, :made

      def initialize(name)
        @name = name
      end

      def interface(text)
        raise ArgumentError, 'a data type can only have one interface' if @text

        @text = text
      end

      # Methods of instances, beside the attributes of the interface.
      def implementation(&block)
        check_single
        @made = Class.new(Instance, &block)
      end

      def implementation_class(ruby_class)
        check_single
        @made = ruby_class
      end

      def load_file(name) = Kernel.require(name)

      private

      def check_single
        raise ArgumentError, 'a data type can only have one implementation' if @made
      end
    end

    # An instance of a type that has but a block for an implementation.
    class Instance
      def initialize(*values)
        DataTypes.attributes(DataTypes.name_of(self.class)).zip(values) { |name, value| @_values = (@_values || {}).merge(name => value) }
      end

      def [](name) = @_values[name.to_s]

      def method_missing(name, *arguments)
        arguments.empty? && @_values.key?(name.to_s) ? @_values[name.to_s] : super
      end

      def respond_to_missing?(name, private = false) = @_values.key?(name.to_s) || super
    end

    CLASSES = {} # rubocop:disable Style/MutableConstant
    NAMES = {}.compare_by_identity
    ATTRIBUTES = {} # rubocop:disable Style/MutableConstant
    @found = nil

    class << self
      attr_accessor :found

      def create_type(name, &block)
        builder = Builder.new(name.to_s)
        builder.instance_eval(&block)
        raise ArgumentError, 'a data type must have an interface' unless builder.text.is_a?(String)

        keep(name.to_s, builder.made) if builder.made
        @found = { 'name' => name.to_s, 'interface' => builder.text, 'implemented' => !builder.made.nil? }
      rescue StandardError => e
        raise if e.is_a?(Rehearsal::HostFailure) || e.is_a?(Rehearsal::Refused)

        raise ArgumentError, "Data Type Load Error for type '#{name}': #{e.message}", e.backtrace
      end

      # Names of what an instance is made from, in the order of the arguments of `new`.
      def attributes(name) = ATTRIBUTES[name] ||= Rehearsal.ask('object-attributes', name)
      def name_of(made) = made.ancestors.each { |one| return NAMES[one] if NAMES.key?(one) } && nil

      # The implementation's own instance for an object of the host.
      def instance(name, values)
        CLASSES.fetch(name).new(*attributes(name).map { |attribute| values[attribute] })
      end

      private

      def keep(name, made)
        CLASSES[name] = made
        NAMES[made] = name
      end
    end
  end
end

module Rehearsal
  OPERATIONS['load-datatype'] = lambda do |text, path|
    Puppet::DataTypes.found = nil
    evaluate(text, path)
    Puppet::DataTypes.found
  end

  OPERATIONS['member'] = lambda do |object, member, arguments, block|
    receiver, *arguments = take([object, *arguments])
    Wire.dump(receiver.public_send(member, *arguments, &(block && Wire.load(block))))
  end
end
