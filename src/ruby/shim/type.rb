# frozen_string_literal: true

module Puppet
  # What parameters and properties of a type are made from: their blocks run, so that metaprogramming works; what they
  # would do on a node is kept but never called.
  class Parameter
    include Puppet::Util
    include Puppet::Util::Errors
    include Puppet::Util::Logging

    class << self
      attr_writer :name
      attr_accessor :metaparam, :array_matching, :default_value, :value_collection_names, :unmanaged
      attr_reader :doc

      def name = @name || super
      def desc(text) = @doc = text
      alias doc= desc
      def isnamevar = @isnamevar = true
      def isnamevar? = @isnamevar || false
      def isrequired = @required = true
      def required? = @required || false
      def newvalues(*values) = (@values ||= []).concat(values)
      def newvalue(name, _options = {}, &block) = newvalues(name) && (block && define_method(:"set_#{name}", &block))
      def aliasvalue(*_names) = nil
      def defaultto(value = nil, &block) = define_method(:default, block_given? ? block : -> { value })
      def nodefault = nil
      def munge(&block) = define_method(:unsafe_munge, &block)
      def unmunge(&block) = define_method(:unmunge, &block)
      def validate(&block) = define_method(:unsafe_validate, &block)
      def sensitive(&block) = define_method(:sensitive?, &block)
      def required_features=(*features); end
      alias required_features required_features=
      def required_features(*_features) = nil
      def proxymethods(*_names) = nil
      def format_doc(text) = text
      def initvars = nil
      def value_collection = @value_collection ||= Struct.new(:values).new(@values || [])
    end

    attr_accessor :resource

    def initialize(resource: nil, **_options)
      @resource = resource
    end

    def value = @value
    def name = self.class.name
    def munge(value) = respond_to?(:unsafe_munge) ? unsafe_munge(value) : value
    def provider = nil

    class Boolean < Parameter; end

    class Path < Parameter
      def self.accept_arrays(_allowed = true) = nil
      def self.arrays? = false
    end

    class PackageOptions < Parameter; end
    class ValueCollection; end
  end

  class Property < Parameter
    class << self
      def unmanaged = nil
      def inherited(child)
        super
        child.array_matching = array_matching
      end
    end

    class Ensure < Property
      # The values that `ensure` has where a type does not choose its own.
      def self.defaultvalues = newvalues(:present, :absent)
    end
    class Boolean < Property; end

    class List < Property
      def self.delimiter = ','
    end

    class OrderedList < List; end
    class KeyValue < Property; end
  end

  # Providers act on nodes; types name their classes.
  class Provider
    include Puppet::Util
    include Puppet::Util::Errors
    include Puppet::Util::Logging

    def self.const_missing(name) = const_set(name, Class.new(Provider))
    def self.method_missing(_name, *_arguments) = nil
    def self.respond_to_missing?(_name, _private = false) = true
  end

  class Type
    include Puppet::Util
    include Puppet::Util::Errors
    include Puppet::Util::Logging

    METAPARAMETERS = %i[alias audit before consume export loglevel noop notify require schedule stage subscribe tag].freeze
    @types = {}

    class << self
      attr_writer :name
      attr_accessor :parameters_made, :properties_made
      attr_reader :doc

      def name = @name || super

      def newtype(name, options = {}, &block)
        name = name.to_s.downcase.to_sym
        parent = options[:parent] || Type
        made = Class.new(parent)
        made.name = name
        made.parameters_made = parent.parameters_made ? parent.parameters_made.dup : {}
        made.properties_made = parent.properties_made ? parent.properties_made.dup : {}
        Type.send(:keep, name, made)
        made.class_eval(&block) if block
        made.providify if Rehearsal.ask('providers?', name.to_s)
        made
      end

      def type(name) = Type.send(:find, name.to_s.downcase.to_sym)

      # One that a file has defined already.
      def loaded(name) = Type.instance_variable_get(:@types)[name.to_s.downcase.to_sym]

      def newparam(name, options = {}, &block)
        made = make(name, options, Parameter, &block)
        made.isnamevar if options[:namevar]
        parameters_made[made.name] = made
      end

      def newproperty(name, options = {}, &block)
        made = make(name, options, Property, array_matching: options[:array_matching], &block)
        properties_made[made.name] = made
      end

      def newmetaparam(name, options = {}, &block) = make(name, options, Parameter, &block)

      def ensurable(&block)
        newproperty(:ensure, parent: Property::Ensure, &(block || proc {}))
      end

      def ensurable? = properties_made.key?(:ensure)

      def providify
        return if parameters_made.key?(:provider)

        newparam(:provider) { desc('The backend that manages the resource.') }
      end

      def provide(_name, _options = {})
        providify
        Class.new(Provider)
      end

      def feature(*_arguments) = nil
      def desc(text) = @doc = text
      def apply_to(*_names) = nil
      def apply_to_all = nil
      def apply_to_device = nil
      def apply_to_host = nil
      def validate(&block) = define_method(:validate, &block)
      def autorequire(*_names) = nil
      def autobefore(*_names) = nil
      def autonotify(*_names) = nil
      def autosubscribe(*_names) = nil
      def newstate(*_names) = nil
      def defaultprovider = nil
      def suitableprovider = []
      def providers = []
      def provider(_name) = nil
      def instances = []
      def initvars = nil
      def isomorphic? = @isomorphic.nil? ? true : @isomorphic
      def parameters = parameters_made.keys
      def properties = properties_made.values
      def validproperties = properties_made.keys
      def metaparams = METAPARAMETERS
      def metaparam?(name) = METAPARAMETERS.include?(name.to_sym)
      def allattrs = [*parameters_made.keys, *properties_made.keys, *METAPARAMETERS]
      def attrclass(name) = parameters_made[name.to_sym] || properties_made[name.to_sym]
      alias paramclass attrclass
      alias propertybyname attrclass
      def validattr?(name) = allattrs.include?(name.to_sym)
      alias valid_parameter? validattr?
      alias validproperty? validattr?
      alias validparameter? validattr?
      def attrtype(name) = parameters_made.key?(name.to_sym) ? :param : properties_made.key?(name.to_sym) ? :property : :meta
      def eachmetaparam(&block) = METAPARAMETERS.each(&block)
      def key_attributes = key_attribute_parameters.map(&:name)
      def key_attribute_parameters = parameters_made.values.select { |made| made.isnamevar? || made.name == :name }

      # How titles become names: `[[pattern, [[name], …]], …]`.
      def title_patterns
        names = key_attributes
        return [] if names.empty?
        return [[/(.*)/m, [[names.first]]]] if names.size == 1

        raise Puppet::DevError, 'you must specify title patterns when there are two or more key attributes'
      end

      # Types of Puppet itself, and parts of them, that code builds upon.
      def const_missing(name)
        return super unless name.match?(/\A[A-Z]/)

        snake = name.to_s.gsub(/([a-z0-9])([A-Z])/, '\1_\2').downcase
        return (known = Type.send(:find, snake.to_sym)) if equal?(Type)

        known || const_set(name, Class.new(Property))
      end

      private

      def make(name, options, base, extra = {}, &block)
        made = Class.new(options[:parent] || base)
        made.name = name.to_sym
        made.array_matching = extra[:array_matching] if extra[:array_matching]
        made.extend(options[:extend]) if options[:extend]
        made.include(options[:include]) if options[:include]
        const = "#{base == Parameter ? 'Parameter' : 'Property'}#{name.to_s.split('_').map(&:capitalize).join}"
        const_set(const, made) if const.match?(/\A[A-Z]\w*\z/) && !const_defined?(const, false)
        made.class_eval(&block) if block
        made
      end

      def keep(name, made)
        @types[name] = made
        const = name.to_s.capitalize
        return unless const.match?(/\A[A-Z]\w*\z/)

        remove_const(const) if const_defined?(const, false)
        const_set(const, made)
      end

      # A type of a module, loaded now if need be; one of Puppet's own stands for itself.
      def find(name)
        return @types[name] if @types.key?(name)

        path = Rehearsal.ask('resolve', "puppet/type/#{name}")
        if path
          Kernel.require(path)
          return @types[name] if @types.key?(name)
        end
        return nil unless Rehearsal.ask('resource-type?', name.to_s)

        made = Class.new(Type)
        made.name = name
        made.parameters_made = {}
        made.properties_made = {}
        keep(name, made)
        made
      end
    end

    self.parameters_made = {}
    self.properties_made = {}
  end
end

module Puppet
  # The newer way to define a type: a hash.
  module ResourceApi
    module_function

    def register_type(definition)
      name = definition.fetch(:name)
      attributes = definition.fetch(:attributes)
      patterns = definition[:title_patterns]
      made = Puppet::Type.newtype(name) do
        attributes.each do |attribute, options|
          case options[:behaviour]
          when :namevar then newparam(attribute) { isnamevar }
          when :parameter, :init_only then newparam(attribute)
          else newproperty(attribute)
          end
        end
      end
      made.define_singleton_method(:title_patterns) { ResourceApi.patterns(key_attributes, patterns) }
      made
    end

    def patterns(names, given)
      return given.map { |entry| [entry[:pattern], entry[:pattern].names.map { |name| [name.to_sym] }] } if given

      names.size > 1 ? [[/(.*)/m, [[:title]]]] : [[/(.*)/m, [[names.first]]]]
    end
  end
end

module Rehearsal
  OPERATIONS['load-type'] = lambda do |text, path, name|
    evaluate(text, path)
    made = Puppet::Type.loaded(name)
    unless made
      Puppet.warning("Loaded puppet/type/#{name} but no class was created")
      return nil
    end

    patterns = made.title_patterns.map do |pattern, names|
      [Wire.pattern(pattern), names.map { |entry| Array(entry).first.to_s }, names.any? { |entry| Array(entry)[1] }]
    end
    attributes = (made.parameters_made.keys | made.properties_made.keys) - Puppet::Type::METAPARAMETERS
    { 'name' => made.name.to_s, 'parameters' => attributes.map(&:to_s),
      'namevars' => made.key_attributes.map(&:to_s), 'patterns' => patterns, 'isomorphic' => made.isomorphic? }
  end

  # What the procs beside the names of a title pattern make of the groups.
  OPERATIONS['title'] = lambda do |name, number, groups|
    _, names = Puppet::Type.type(name).title_patterns.fetch(number)
    names.zip(groups).map do |entry, group|
      convert = Array(entry)[1]
      convert && group ? Wire.text(convert.call(group)) : group
    end
  end
end
