# frozen_string_literal: true

module Puppet
  # A resource, or a reference to one: its parameters are asked of the catalog being compiled.
  class Resource
    attr_reader :type, :title

    # `foo::bar` as a catalog writes it: `Foo::Bar`.
    def self.type_name(name)
      name.to_s.sub(/\A::/, '').split('::').map { |part| part.empty? ? part : part[0].upcase + part[1..].to_s }.join('::')
    end

    # Splits `File[/x]`, or takes type and title as they come.
    def self.type_and_title(type, title)
      return [type_name(Regexp.last_match(1)), Regexp.last_match(2)] if title.nil? && type.to_s =~ /\A([^\[\]]+)\[(.+)\]\z/m
      return [type.type, type.title] if type.is_a?(Resource)
      raise ArgumentError, "No title provided and #{type.inspect} is not a valid resource reference" if title.nil?

      [type_name(type), title]
    end

    def initialize(type, title = nil, *_options)
      @type, @title = self.class.type_and_title(type, title)
    end

    def name = title
    def ref = "#{type}[#{title}]"
    alias to_s ref
    def inspect = "#{self.class.name}(#{ref})"
    def [](name) = Rehearsal.ask('parameter', type, title.to_s, name.to_s)
    def to_hash = Rehearsal.ask('parameters', type, title.to_s).transform_keys(&:to_sym)
    def class? = type == 'Class'
    def ==(other) = other.respond_to?(:ref) && other.ref == ref
    alias eql? ==
    def hash = ref.hash
    def key?(name) = !self[name].nil?
    alias include? key?
    def resource_type = Rehearsal.ask('resource-type?', type) ? type : nil

    # The catalog under construction.
    class Catalog
      def classes = Rehearsal.ask('classes')
      def tags = Rehearsal.ask('tags')
      def resources = Rehearsal.ask('resources').map { |type, title| Puppet::Resource.new(type, title) }

      def resource(type, title = nil)
        type, title = Puppet::Resource.type_and_title(type, title)
        Rehearsal.ask('resource?', type, title.to_s) ? Puppet::Resource.new(type, title) : nil
      end

      def tag(*names) = Rehearsal.ask('tag', names.map(&:to_s))
      def environment = Rehearsal::SCOPE.environment.name
    end

    class Type
      def self.reference_to_name(type) = type
    end
  end

  module Indirector; end
end
