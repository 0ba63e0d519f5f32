# frozen_string_literal: true

module Rehearsal
  # Puppet's values as JSON. Whatever JSON lacks is an object whose first key is "\0" and names the kind.
  module Wire
    MARK = "\0"
    OPAQUE = {} # rubocop:disable Style/MutableConstant

    module_function

    # JSON data of the host as Ruby's objects.
    def load(data)
      case data
      when Array
        data.map! { |element| load(element) }
      when Hash
        kind = data[MARK]
        return load_special(kind, data) if kind

        data.transform_values! { |element| load(element) }
      else
        data
      end
    end

    def load_special(kind, data)
      case kind
      when 'undef' then :undef
      when 'default' then :default
      when 'float' then { 'nan' => Float::NAN, 'inf' => Float::INFINITY, '-inf' => -Float::INFINITY }[data['v']]
      when 'hash' then data['v'].each_slice(2).to_h { |key, value| [load(key), load(value)] }
      when 'regexp' then Regexp.new(data['v'])
      when 'sensitive' then Puppet::Pops::Types::PSensitiveType::Sensitive.new(load(data['v']))
      when 'type' then Puppet::Pops::Types.from_host(data)
      when 'resource' then Puppet::Resource.new(data['t'], data['n'].to_s)
      when 'binary' then Puppet::Pops::Types::PBinaryType::Binary.from_base64_strict(data['v'])
      when 'timestamp' then Puppet::Pops::Time::Timestamp.new(data['v'])
      when 'timespan' then Puppet::Pops::Time::Timespan.new(data['v'])
      when 'semver' then SemanticPuppet::Version.parse(data['v'])
      when 'semver-range' then SemanticPuppet::VersionRange.parse(data['v'])
      when 'uri' then require('uri') && nil || URI.parse(data['v'])
      when 'iterator' then Puppet::Pops::Types::Iterator.new(load(data['v']))
      when 'object' then Puppet::Pops::Types.object_from_host(data['h'], data['t'], load(data['a']))
      when 'opaque' then OPAQUE.fetch(data['h'])
      when 'block' then Block.make(data)
      else raise ArgumentError, "unknown kind #{kind}"
      end
    end

    def opaque?(data) = data.is_a?(Hash) && data[MARK] == 'opaque'

    # Ruby's objects as JSON data for the host. Strings and collections that the host gave name their place.
    def dump(value)
      case value
      when String then dump_string(value)
      when nil, true, false then value
      when Integer then value.abs < 1 << 53 ? value : { MARK => 'int', 'v' => value.to_s }
      when Float then dump_float(value)
      when Array
        place = Frame.current.locate(value)
        list = value.map { |element| dump(element) }
        place ? { MARK => 'same', 'r' => place, 'v' => list } : list
      when Hash then dump_hash(value)
      when Symbol
        case value
        when :undef then nil
        when :default then { MARK => 'default' }
        else value.to_s
        end
      else dump_object(value)
      end
    end

    def dump_string(value)
      place = Frame.current.locate(value)
      place ? { MARK => 'same', 'r' => place, 'v' => text(value) } : text(value)
    end

    def dump_float(value)
      return { MARK => 'float', 'v' => value } if value.finite?

      { MARK => 'float', 'v' => value.nan? ? 'nan' : value.positive? ? 'inf' : '-inf' }
    end

    def dump_hash(value)
      place = Frame.current.locate(value)
      pairs = []
      value.each { |key, element| pairs << dump(key) << dump(element) }
      { MARK => 'hash', 'v' => pairs, 'r' => place }
    end

    def dump_object(value)
      case value
      when Regexp then { MARK => 'regexp', 'v' => pattern(value) }
      when Puppet::Pops::Types::PSensitiveType::Sensitive
        { MARK => 'sensitive', 'v' => dump(value.unwrap), 'r' => Frame.current.locate(value) }
      when Puppet::Pops::Types::PAnyType then { MARK => 'type', 'h' => value.handle, 'v' => value.to_s }
      when Puppet::Resource then { MARK => 'resource', 't' => value.type.to_s, 'v' => value.title.to_s }
      when Puppet::Pops::Types::PBinaryType::Binary then { MARK => 'binary', 'v' => value.to_s }
      when Puppet::Pops::Time::Timestamp then { MARK => 'timestamp', 'v' => value.nanoseconds }
      when Puppet::Pops::Time::Timespan then { MARK => 'timespan', 'v' => value.nanoseconds }
      when SemanticPuppet::Version then { MARK => 'semver', 'v' => value.to_s }
      when SemanticPuppet::VersionRange then { MARK => 'semver-range', 'v' => value.to_s }
      when Puppet::Pops::Types::PuppetObject then { MARK => 'object', 'h' => value.handle }
      when Puppet::Pops::Types::Iterable then dump(value.to_a)
      else
        name = Puppet::DataTypes.name_of(value.class)
        return dump_instance(value, name) if name
        return { MARK => 'uri', 'v' => value.to_s } if defined?(URI::Generic) && value.is_a?(URI::Generic)
        return dump(value.to_a) if defined?(Set) && value.is_a?(Set)
        return dump_float(value.to_f) if defined?(BigDecimal) && value.is_a?(BigDecimal)

        keep(value)
      end
    end

    # An instance that Ruby made of a data type of a module.
    def dump_instance(value, name)
      attributes = Puppet::DataTypes.attributes(name).to_h { |attribute| [attribute, dump(value.public_send(attribute))] }
      { MARK => 'object', 't' => name, 'a' => attributes }
    end

    # The object itself for the host to hand back: what Ruby changes in it later can be seen then.
    def keep(value)
      OPAQUE[value.object_id] = value
      { MARK => 'opaque', 'h' => value.object_id, 'v' => value.class.name.to_s }
    end

    # UTF-8 for certain.
    def text(value)
      string = value.to_s
      string = string.encode(Encoding::UTF_8) unless [Encoding::UTF_8, Encoding::BINARY, Encoding::US_ASCII].include?(string.encoding)
      string = String.new(string, encoding: Encoding::UTF_8) unless string.encoding == Encoding::UTF_8 && string.instance_of?(String)
      string.valid_encoding? ? string : string.scrub
    rescue EncodingError
      String.new(value.to_s, encoding: Encoding::UTF_8).scrub
    end

    # Ruby's source of a regular expression, options written into it as Puppet does.
    def pattern(value)
      value.options & (Regexp::IGNORECASE | Regexp::EXTENDED | Regexp::MULTILINE) == 0 ? value.source : value.to_s
    end
  end

  # A Puppet lambda as Ruby code sees it: a Proc that hands its arguments to the host.
  module Block
    module_function

    def make(data)
      handle = data['h']
      required, optional, rest = data['n']
      block = ->(*args) { Rehearsal.ask('block', handle, Wire.dump(args)) }
      # Ruby code asks a block for its arity.
      arity = rest || optional.positive? ? -required - 1 : required
      block.define_singleton_method(:arity) { arity }
      block.define_singleton_method(:parameter_names) { data['p'] }
      block
    end
  end
end
