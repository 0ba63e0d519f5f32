# frozen_string_literal: true

module Puppet
  module Pops
    MAX_INTEGER = 0x7FFFFFFFFFFFFFFF
    MIN_INTEGER = -0x8000000000000000

    module Types
      # A Puppet type. The host has it under its handle; here it has its text and what code asks most.
      class PAnyType
        attr_reader :handle

        def initialize(handle, text, name = nil, title = nil)
          @handle = handle
          @text = text
          @name = name
          @title = title
        end

        def to_s = @text
        alias inspect to_s
        def name = @text
        def simple_name = @text[/\A[\w:]+/]
        def ==(other) = other.is_a?(PAnyType) && other.to_s == @text
        alias eql? ==
        def hash = @text.hash
        def instance?(value, _guard = nil) = Rehearsal.ask('instance?', Rehearsal::Wire.dump(self), Rehearsal::Wire.dump(value))
        def ===(value) = instance?(value)
        def assignable?(other, _guard = nil) = Rehearsal.ask('assignable?', Rehearsal::Wire.dump(self), Rehearsal::Wire.dump(other))
        def generalize = Rehearsal.ask('generalize', Rehearsal::Wire.dump(self))
        def resolve(*_rest) = self
        def type = Rehearsal.ask('parameter-type', Rehearsal::Wire.dump(self))
        alias element_type type
      end

      class PCatalogEntryType < PAnyType; end

      class PResourceType < PCatalogEntryType
        attr_reader :title

        def type_name = @name
        def reference = Puppet::Resource.new(@name, @title)
      end

      class PClassType < PCatalogEntryType
        def class_name = @name
        def title = @name
      end

      class PSensitiveType < PAnyType
        # Keeps a value out of logs and reports.
        class Sensitive
          def initialize(value)
            @value = value
          end

          def unwrap = @value
          def to_s = 'Sensitive [value redacted]'
          def inspect = "#<#{to_s}>"
          def ==(other) = other.is_a?(Sensitive) && other.hash == hash
          alias eql? ==
          def hash = @value.hash
        end
      end

      class PBinaryType < PAnyType
        class Binary
          attr_reader :binary_buffer

          def self.from_base64(text) = new(text.unpack1('m'))
          def self.from_base64_strict(text) = new(text.unpack1('m0'))
          def self.from_string(text) = new(text.b)
          def self.from_binary_string(text) = new(text)

          def initialize(bytes)
            @binary_buffer = bytes.b.freeze
          end

          def to_s = [@binary_buffer].pack('m0')
          def relaxed_to_s = [@binary_buffer].pack('m')
          def length = @binary_buffer.bytesize
          def ==(other) = other.is_a?(Binary) && other.binary_buffer == @binary_buffer
          alias eql? ==
          def hash = @binary_buffer.hash
        end
      end

      module Iterable
        # What `each` and its kin can run over, as something with `each`.
        def self.asserted_iterable(caller, value, _inferred = true)
          on(value) || raise(ArgumentError, "#{caller.class.name}(): wrong argument type (#{TypeCalculator.infer(value)}; is not Iterable.")
        end

        def self.on(value)
          case value
          when Iterable then value
          when Array then Iterator.new(value)
          when Hash then Iterator.new(value.to_a, hash_style: true)
          when Integer then Iterator.new((0...value).to_a) if value >= 0
          when String then Iterator.new(value.chars)
          when PAnyType then Iterator.new(Rehearsal.ask('iterate', Rehearsal::Wire.dump(value)))
          end
        end
      end

      class Iterator
        include Enumerable
        include Iterable

        def initialize(values, hash_style: false)
          @values = values
          @hash_style = hash_style
        end

        def each(&block) = block ? @values.each(&block) && self : @values.each
        def hash_style? = @hash_style
        def size = @values.size
        def unbounded? = false
        def to_s = 'Iterator[Any]'
      end

      # An instance of an Object type.
      class PuppetObject
        attr_reader :handle

        def initialize(handle, type, attributes)
          @handle = handle
          @type = type
          @attributes = attributes
        end

        def _pcore_type = @type
        def _pcore_init_hash = @attributes
        def [](name) = @attributes[name.to_s]
        def to_s = "#{@type}(#{@attributes})"

        def method_missing(name, *arguments)
          return @attributes[name.to_s] if arguments.empty? && @attributes.key?(name.to_s)

          super
        end

        def respond_to_missing?(name, _private = false) = @attributes.key?(name.to_s)

        private

        # A method that the host has.
        def __send(name, *arguments, &block) = Rehearsal::Functions.ask_with_block('method', @handle, name, arguments, block)
      end

      class TypeParser
        def self.singleton = @singleton ||= new
        def parse(text, _context = nil) = Rehearsal.ask('parse-type', text.to_s)
        def interpret(*arguments) = parse(*arguments)
        def self.type_map = {}
      end

      module TypeCalculator
        class << self
          def singleton = self
          def infer(value) = Rehearsal.ask('infer', Rehearsal::Wire.dump(value))
          def infer_set(value) = Rehearsal.ask('infer-set', Rehearsal::Wire.dump(value))
          def instance?(type, value) = type.instance?(value)
          def assignable?(type, other) = type.assignable?(other)
          def generalize(type) = type.generalize
          def iterable(value) = Iterable.on(value)
          def string(type) = type.to_s
        end
      end

      class TypeMismatchDescriber
        def self.singleton = @singleton ||= new

        def describe_mismatch(name, expected, actual, _tense = nil)
          Rehearsal.ask('describe-mismatch', name.to_s, Rehearsal::Wire.dump(expected), Rehearsal::Wire.dump(actual))
        end

        def self.describe_mismatch(...) = singleton.describe_mismatch(...)
        def validate_parameters(*_arguments) = nil
      end

      class TypeAsserter
        def self.assert_instance_of(subject, expected, value, nil_ok = false)
          return value if (value.nil? && nil_ok) || expected.instance?(value)

          subject = subject.call if subject.is_a?(Proc)
          subject = subject.join(' ') if subject.is_a?(Array)
          raise ArgumentError, TypeMismatchDescriber.singleton.describe_mismatch(subject, expected, TypeCalculator.infer_set(value))
        end
      end

      module TypeFactory
        class << self
          def type(text) = TypeParser.singleton.parse(text)
          %w[any integer float string boolean regexp undef data scalar numeric default binary callable].each do |name|
            define_method(name) { type(name.capitalize) }
          end

          def optional(inner) = type("Optional[#{inner}]")
          def array_of(inner, size = nil) = type(size ? "Array[#{inner}, #{size}]" : "Array[#{inner}]")
          def hash_of(value, key = 'Scalar') = type("Hash[#{key}, #{value}]")
          def array_of_any = type('Array')
          def array_of_data = type('Array[Data]')
          def hash_of_any = type('Hash')
          def hash_of_data = type('Hash[String, Data]')
          def variant(*types) = type("Variant[#{types.join(', ')}]")
          def range(from, to) = type("Integer[#{from}, #{to}]")
          def enum(*values) = type("Enum[#{values.map { |v| "'#{v}'" }.join(', ')}]")
          def pattern(*values) = type("Pattern[#{values.map { |v| v.is_a?(Regexp) ? v.inspect : "/#{v}/" }.join(', ')}]")
          def type_type(inner = nil) = type(inner ? "Type[#{inner}]" : 'Type')
          def not_undef(inner = nil) = type(inner ? "NotUndef[#{inner}]" : 'NotUndef')
          def tuple(types, _size = nil) = type("Tuple[#{types.join(', ')}]")
          def resource(name = nil, title = nil) = type(name ? "Resource['#{name}'#{", '#{title}'" if title}]" : 'Resource')
          def host_class(name = nil) = type(name ? "Class['#{name}']" : 'Class')
          def sensitive(inner = nil) = type(inner ? "Sensitive[#{inner}]" : 'Sensitive')
        end
      end

      # The classes of types exist as code names them; the host knows what they mean.
      def self.const_missing(name)
        return super unless name.match?(/\AP[A-Z]\w*Type\z/)

        const_set(name, Class.new(PAnyType))
      end

      def self.object_from_host(handle, type, attributes)
        return DataTypes.instance(type, attributes) if DataTypes::CLASSES.key?(type)

        (type == 'Puppet::LookupContext' ? Lookup::Context : PuppetObject).new(handle, type, attributes)
      end

      def self.from_host(data)
        case data['k']
        when 'Resource' then PResourceType.new(data['h'], data['v'], data['t'], data['n'])
        when 'Class' then PClassType.new(data['h'], data['v'], data['n'])
        else const_get("P#{data['k']}Type").new(data['h'], data['v'])
        end
      end
    end

    module Lookup
      # What data functions get as their last argument: the host has the cache and the data.
      class Context < Types::PuppetObject
        FILE_DATA = {} # rubocop:disable Style/MutableConstant

        def environment_name = @attributes['environment_name']
        def module_name = @attributes['module_name']
        def not_found = __send('not_found')
        def interpolate(value) = __send('interpolate', value)
        def cache(key, value) = __send('cache', key, value)
        def cache_all(hash) = __send('cache_all', hash) || hash
        def cache_has_key(key) = __send('cache_has_key', key)
        def cached_value(key) = __send('cached_value', key)

        # What a block makes of a file is made once, and stays on this side.
        def cached_file_data(path)
          return __send('cached_file_data', path) unless block_given?

          if FILE_DATA.key?(path.to_s)
            __send('cached_file_data', path, true)
          else
            FILE_DATA[path.to_s] = yield(__send('cached_file_data', path))
          end
          FILE_DATA[path.to_s]
        end

        def cached_entries(&block)
          entries = __send('cached_entries')
          return Types::Iterator.new(entries.to_a, hash_style: true) unless block

          block.arity == 2 ? entries.each_pair { |key, value| yield(key, value) } : entries.each(&block)
          nil
        end

        def explain(&block)
          __send('explain') { Rehearsal::Wire.text(block.call) }
        end
      end
    end

    module Time
      module Nanoseconds
        attr_reader :nanoseconds
        alias nsecs nanoseconds

        def initialize(nanoseconds)
          @nanoseconds = nanoseconds
        end

        def <=>(other) = other.respond_to?(:nanoseconds) ? nanoseconds <=> other.nanoseconds : nil
        def ==(other) = other.instance_of?(self.class) && other.nanoseconds == nanoseconds
        alias eql? ==
        def hash = nanoseconds.hash
        def to_i = nanoseconds.div(1_000_000_000)
        def to_int = to_i
        def to_f = nanoseconds / 1_000_000_000.0
        def to_r = Rational(nanoseconds, 1_000_000_000)
        def to_s = Rehearsal.ask('text', Rehearsal::Wire.dump(self))
        def inspect = to_s
      end

      class Timestamp
        include Nanoseconds
        include Comparable
        def self.now = from_time(::Time.now)
        def self.from_time(time) = new(time.to_i * 1_000_000_000 + time.nsec)
        def to_time = ::Time.at(nanoseconds.div(1_000_000_000), nanoseconds % 1_000_000_000, :nsec).utc
        def strftime(format) = to_time.strftime(format)
        def format(format, _timezone = nil) = strftime(format)
        def +(other) = Timestamp.new(nanoseconds + Time.nanoseconds_of(other))
        def -(other) = other.is_a?(Timestamp) ? Timespan.new(nanoseconds - other.nanoseconds) : Timestamp.new(nanoseconds - Time.nanoseconds_of(other))
      end

      class Timespan
        include Nanoseconds
        include Comparable
        def +(other) = other.is_a?(Timestamp) ? other + self : Timespan.new(nanoseconds + Time.nanoseconds_of(other))
        def -(other) = Timespan.new(nanoseconds - Time.nanoseconds_of(other))
        def -@ = Timespan.new(-nanoseconds)
        def *(other) = Timespan.new((nanoseconds * other).to_i)
      end

      def self.nanoseconds_of(value)
        value.respond_to?(:nanoseconds) ? value.nanoseconds : (value * 1_000_000_000).to_i
      end
    end

    module PuppetStack
      # Where the manifest calls, innermost first.
      def self.stacktrace = Rehearsal.ask('stack') || []
      def self.top_of_stack = stacktrace.first || []
      def self.stacktrace_from_backtrace(_exception) = stacktrace
      def self.top_of_stack_from_backtrace(_exception) = top_of_stack
    end

    module Serialization
      module ToDataConverter
        # Values as plain data; what has no JSON form says what it is.
        def self.convert(value, _options = {})
          case value
          when Array then value.map { |element| convert(element) }
          when Hash then value.to_h { |key, element| [key.is_a?(String) ? key : convert(key), convert(element)] }
          when :default then { '__ptype' => 'Default' }
          when Symbol then value == :undef ? nil : value.to_s
          when nil, true, false, Numeric, String then value
          else rich(value)
          end
        end

        def self.rich(value)
          case value
          when Regexp then { '__ptype' => 'Regexp', '__pvalue' => Rehearsal::Wire.pattern(value) }
          when Types::PSensitiveType::Sensitive then { '__ptype' => 'Sensitive', '__pvalue' => convert(value.unwrap) }
          when Types::PBinaryType::Binary then { '__ptype' => 'Binary', '__pvalue' => value.to_s }
          when Time::Timestamp then { '__ptype' => 'Timestamp', '__pvalue' => value.to_s }
          when Time::Timespan then { '__ptype' => 'Timespan', '__pvalue' => value.to_s }
          when SemanticPuppet::Version then { '__ptype' => 'SemVer', '__pvalue' => value.to_s }
          when SemanticPuppet::VersionRange then { '__ptype' => 'SemVerRange', '__pvalue' => value.to_s }
          else value.to_s
          end
        end
      end
    end

    module Evaluator
      module Runtime3ResourceSupport
        # The name under which the catalog has resources of that type.
        def self.find_resource_type_or_class(_scope, name)
          known = Rehearsal.ask('resource-type?', name.to_s)
          known ? Puppet::Resource.type_name(name) : nil
        end

        def self.find_resource_type(_scope, name) = find_resource_type_or_class(nil, name)
      end

      class Runtime3Converter
        def self.convert(value, _scope, undef_value) = value.nil? || value == :undef ? undef_value : value
        def self.map_args(values, scope, undef_value) = values.map { |value| convert(value, scope, undef_value) }
      end
    end

    module Adapters; end
    # What finds functions and types by name.
    class Loaders
      def self.current = @current ||= new
      def self.find_loader(_module_name) = Puppet::Functions::LOADER
      def find_loader(_module_name) = Puppet::Functions::LOADER
      def puppet_system_loader = Puppet::Functions::LOADER
      def public_environment_loader = Puppet::Functions::LOADER
      def private_environment_loader = Puppet::Functions::LOADER
    end
  end
end

# Semantic versions (semver.org 2.0.0) and ranges of them; the host compares.
module SemanticPuppet
  class Version
    include Comparable

    class ValidationFailure < ArgumentError; end

    PATTERN = /\A(\d+)\.(\d+)\.(\d+)(?:-([0-9A-Za-z.-]+))?(?:\+([0-9A-Za-z.-]+))?\z/
    attr_reader :major, :minor, :patch, :prerelease, :build

    def self.parse(text)
      match = PATTERN.match(text) || raise(ValidationFailure, "Unable to parse '#{text}' as a semantic version identifier")
      new(match[1].to_i, match[2].to_i, match[3].to_i, match[4], match[5])
    end

    def self.valid?(text) = PATTERN.match?(text)

    def initialize(major, minor, patch, prerelease = nil, build = nil)
      @major = major
      @minor = minor
      @patch = patch
      @prerelease = prerelease
      @build = build
    end

    def to_s = "#{major}.#{minor}.#{patch}#{"-#{prerelease}" if prerelease}#{"+#{build}" if build}"
    def stable? = prerelease.nil?

    def <=>(other)
      return nil unless other.is_a?(Version)

      numbers = [major, minor, patch] <=> [other.major, other.minor, other.patch]
      return numbers unless numbers.zero?
      return 0 if prerelease == other.prerelease
      return 1 if prerelease.nil?
      return -1 if other.prerelease.nil?

      compare_identifiers(prerelease.split('.'), other.prerelease.split('.'))
    end

    def hash = to_s.hash

    private

    def compare_identifiers(left, right)
      left.zip(right).each do |a, b|
        return 1 if b.nil?
        next if a == b

        numeric = [a, b].map { |part| part.match?(/\A\d+\z/) }
        return numeric.all? ? a.to_i <=> b.to_i : numeric[0] ? -1 : numeric[1] ? 1 : a <=> b
      end
      left.size <=> right.size
    end
  end

  class VersionRange
    def self.parse(text) = new(text)

    def initialize(text)
      @text = text
    end

    def include?(version) = Rehearsal.ask('in-range?', @text, version.to_s)
    alias === include?
    alias member? include?
    def to_s = @text
    def ==(other) = other.is_a?(VersionRange) && other.to_s == @text
    alias eql? ==
    def hash = @text.hash
  end
end
