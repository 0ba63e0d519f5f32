# frozen_string_literal: true

# The part of Puppet's Ruby API that code of modules and templates calls; see Puppet's developer documentation.
module Puppet
  class Error < RuntimeError
    attr_accessor :original

    def initialize(message, original = nil)
      super(message)
      @original = original
    end
  end

  module ExternalFileError; end

  class ParseError < Error
    attr_accessor :file, :line, :pos

    def initialize(message, file = nil, line = nil, pos = nil, original = nil)
      super(message, original)
      @file = file unless file.is_a?(Array)
      @line = line
      @pos = pos
    end
  end

  class ParseErrorWithIssue < ParseError; end
  class PreformattedError < ParseErrorWithIssue; end
  class ResourceError < Error; end
  class DevError < Error; end
  class ExecutionFailure < Error; end
  class MissingCommand < Error; end
  class SettingsError < Error; end
  class ConversionError < Error; end
  class DataBinding
    class LookupError < PreformattedError; end
  end

  # Settings as `Puppet[:name]` gives them.
  class Settings
    SYMBOLS = %i[strict].freeze

    def [](name)
      value = Rehearsal.ask('setting', name.to_s)
      SYMBOLS.include?(name.to_sym) && value ? value.to_sym : value
    end

    def value(name, _environment = nil)
      self[name]
    end

    def key?(name)
      !self[name].nil?
    end
    alias include? key?

    def []=(name, _value)
      Rehearsal.refuse("Setting #{name}")
    end
  end

  # `Puppet.features.augeas?`: nothing of this machine is there.
  class Features
    PRESENT = %i[root posix json msgpack yaml].freeze

    def method_missing(name, *_arguments)
      return super unless name.end_with?('?')

      PRESENT.include?(name.to_s.chomp('?').to_sym)
    end

    def respond_to_missing?(name, _private = false)
      name.end_with?('?')
    end

    def add(*_arguments); end
  end

  class RunMode
    def server? = true
    alias master? server?
    def agent? = false
    def user? = false
    def name = :server
  end

  LEVELS = %i[debug info notice warning err alert emerg crit].freeze

  class << self
    LEVELS.each do |level|
      define_method(level) do |*message|
        text = Rehearsal::Wire.text(message.join(' '))
        Rehearsal.ask('log', level.to_s, text)
        %i[debug info].include?(level) ? nil : text
      end
    end

    alias warn warning
    alias error err

    def warnonce(message, *_rest)
      warn_once(nil, message, message)
    end

    def warn_once(_kind, key, message, *_place)
      Rehearsal.ask('warn-once', key.to_s, Rehearsal::Wire.text(message))
      nil
    end

    # Told with the line of Ruby that calls what is no longer to be called.
    def deprecation_warning(message, key = nil)
      place = caller_locations(1..).find { |one| !one.path.start_with?('/rehearsal/') }
      Rehearsal.ask('warn-once', (key || place).to_s, Rehearsal::Wire.text("#{message}\n   (location: #{place})"))
    end

    def puppet_deprecation_warning(message, *_rest)
      warn_once(nil, message, message)
    end

    def log_exception(exception, message = nil, *_options)
      err(message || exception.message)
    end

    def settings
      @settings ||= Settings.new
    end

    def [](name)
      settings[name]
    end

    def []=(name, value)
      settings[name] = value
    end

    def version
      Rehearsal.ask('setting', 'version')
    end

    def features
      @features ||= Features.new
    end

    def run_mode
      @run_mode ||= RunMode.new
    end

    def lookup(name, *_rest)
      case name.to_sym
      when :current_environment then Rehearsal::SCOPE.environment
      when :global_scope then Rehearsal::SCOPE
      when :root_environment then Rehearsal::SCOPE.environment
      when :loaders then Pops::Loaders.current
      when :trusted_information then Rehearsal::SCOPE.compiler.node.trusted_data
      else
        return yield if block_given?

        raise Puppet::Context::UndefinedBindingError, "Unable to lookup '#{name}'"
      end
    end

    def override(*_bindings)
      yield
    end

    def const_missing(name)
      return version if name == :PUPPETVERSION

      super
    end
  end

  module Context
    class UndefinedBindingError < Puppet::Error; end
  end
end

module PuppetX; end

# Some code compares versions with RubyGems' own class; the rest of RubyGems is not there.
module Gem
  autoload :Version, '/usr/local/lib/ruby/3.2.0/rubygems/version.rb'
  autoload :Requirement, '/usr/local/lib/ruby/3.2.0/rubygems/requirement.rb'
  autoload :Deprecate, '/usr/local/lib/ruby/3.2.0/rubygems/deprecate.rb'
end

# Texts for people pass through translation in Puppet.
module Kernel
  def _(text)
    text
  end

  def n_(singular, plural, count)
    count == 1 ? singular : plural
  end
  private :_, :n_
end

# Puppet has YAML at hand from the start; here it is loaded when it is first needed.
class Object
  def to_yaml(...)
    require 'yaml'
    Psych.dump(self, ...)
  end
end
