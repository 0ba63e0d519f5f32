# frozen_string_literal: true

module Puppet
  module Util
    ABSOLUTE_POSIX = %r{\A/}
    ABSOLUTE_WINDOWS = %r{\A(?:[A-Za-z]:[\\/]|[\\/][\\/][^\\/]+[\\/][^\\/]+|[\\/][\\/]\?[\\/][^\\/]+)}

    module Logging
      Puppet::LEVELS.each do |level|
        define_method(level) { |*message| Puppet.send(level, *message) }
      end

      def deprecation_warning(message, key = nil)
        Puppet.deprecation_warning(message, key)
      end

      def warnonce(message, *_rest)
        Puppet.warnonce(message)
      end

      def send_log(level, message)
        Puppet.send(level, message)
      end
    end

    module Errors
      def fail(*arguments)
        type = arguments.first.is_a?(Class) ? arguments.shift : Puppet::Error
        raise type, arguments.join(' ')
      end

      def devfail(message)
        raise Puppet::DevError, message
      end

      def self.error_location(file, line = nil, column = nil)
        file = nil if file.is_a?(String) && file.empty?
        return '' unless file || line

        parts = []
        parts << "file: #{file || 'unknown'}"
        parts << "line: #{line}" if line
        parts << "column: #{column}" if line && column
        "(#{parts.join(', ')})"
      end
    end

    module Package
      # Compares two versions part by part, numbers as numbers and other text without regard to case: -1, 0 or 1.
      def versioncmp(version_a, version_b, ignore_trailing_zeroes = false)
        versions = [version_a, version_b]
        versions = versions.map { |v| v.match?(/\A[\d.]+\z/) ? v.sub(/(?:\.0+)+\z/, '') : v } if ignore_trailing_zeroes
        left, right = versions.map { |v| v.scan(/[-.]|\d+|[^-.\d]+/) }
        at = (0...[left.size, right.size].min).find { |i| left[i] != right[i] }
        at ? Package.compare_parts(left[at], right[at]) : versions[0] <=> versions[1]
      end

      # A dash comes before a dot, a dot before anything else.
      def self.compare_parts(left, right)
        ['-', '.'].each do |separator|
          return -1 if left == separator
          return 1 if right == separator
        end
        return left.upcase <=> right.upcase unless [left, right].all? { |part| part.match?(/\A\d+\z/) }

        [left, right].any? { |part| part.start_with?('0') } ? left.upcase <=> right.upcase : left.to_i <=> right.to_i
      end
      module_function :versioncmp
    end

    module Platform
      module_function

      def windows? = false
      def actually_windows? = false
      def default_paths = %w[/usr/bin /bin]
    end

    module Execution
      def self.execute(command, *_rest)
        Rehearsal.refuse("Running '#{Array(command).join(' ')}'")
      end

      def self.execpipe(command, *_rest)
        execute(command)
      end

      def self.method_added(_name); end
      def execute(command, *rest) = Execution.execute(command, *rest)
      class ProcessOutput < String; end
    end

    module Json
      class ParseError < StandardError; end

      def self.load(text, options = {})
        ::JSON.parse(text, **options)
      rescue ::JSON::ParserError => e
        raise ParseError, e.message
      end

      def self.dump(object, options = {})
        options.delete(:pretty) ? ::JSON.pretty_generate(object, options) : ::JSON.generate(object, options)
      end
    end

    module Yaml
      class YamlLoadError < Puppet::Error; end

      # A document without a value is false, as Ruby's YAML once had it.
      def self.safe_load(text, allowed = [], name = nil)
        require 'yaml'
        data = ::YAML.safe_load(text, permitted_classes: allowed, aliases: true, filename: name)
        data.nil? ? false : data
      rescue ::Psych::DisallowedClass => e
        raise YamlLoadError, "(#{name || '<unknown>'}): #{e.message}"
      rescue ::StandardError, ::Psych::Exception => e
        raise YamlLoadError, e.message
      end

      def self.safe_load_file(path, allowed = [])
        safe_load(File.read(path, encoding: 'bom|utf-8'), allowed, path)
      end

      def self.safe_load_file_if_valid(path, allowed = [])
        safe_load_file(path, allowed)
      rescue YamlLoadError, ArgumentError, Errno::ENOENT
        nil
      end

      def self.dump(data)
        require 'yaml'
        ::YAML.dump(data)
      end
    end

    module Checksums
      def md5(text) = require('digest/md5') && nil || Digest::MD5.hexdigest(text)
      def sha1(text) = require('digest/sha1') && nil || Digest::SHA1.hexdigest(text)
      def sha256(text) = require('digest/sha2') && nil || Digest::SHA256.hexdigest(text)
      def known_checksum_types = %i[sha256 sha256lite md5 md5lite sha1 sha1lite sha512 sha384 sha224 mtime ctime none]
    end

    module MethodHelper
      def symbolize_options(options)
        options.transform_keys(&:to_sym)
      end
    end

    module Profiler
      def self.profile(*_arguments)
        yield
      end
    end

    module Warnings
      def self.warnonce(message) = Puppet.warning(message)
      def self.notice_once(message) = Puppet.notice(message)
    end

    include Errors
    extend Errors

    class << self
      def logmethods(receiver, *_rest)
        receiver.include(Logging)
      end

      def execute(command, *rest)
        Execution.execute(command, *rest)
      end
    end

    module_function

    def absolute_path?(path, platform = nil)
      unless path.is_a?(String)
        Puppet.warning("Cannot check if #{path} is an absolute path because it is a '#{path.class}' and not a String'")
        return false
      end

      (platform.to_s == 'windows' ? ABSOLUTE_WINDOWS : ABSOLUTE_POSIX).match?(path)
    end

    def deterministic_rand(seed, max)
      deterministic_rand_int(seed, max).to_s
    end

    def deterministic_rand_int(seed, max)
      Random.new(seed).rand(max)
    end

    def symbolizehash(hash)
      hash.transform_keys { |name| name.to_s.intern }
    end

    def symbolize(value)
      value.respond_to?(:intern) ? value.intern : value
    end

    def benchmark(*_arguments)
      yield
    end

    def which(_name)
      nil
    end

    def create_erb(text)
      require 'erb'
      ::ERB.new(text, trim_mode: '-')
    end

    def path_to_uri(path)
      require 'uri'
      URI::Generic.build(scheme: 'file', path: uri_encode(path))
    end

    def uri_encode(path, _options = {})
      require 'uri'
      URI::DEFAULT_PARSER.escape(path)
    end

    def safe_posix_fork(*_arguments) = Rehearsal.refuse('Kernel#fork')
    def withenv(_hash, *_rest) = yield
    def proc_name(*_arguments) = nil
  end

  module FileSystem
    module_function

    def exist?(path) = File.exist?(path.to_s)
    def read(path, _options = {}) = File.read(path.to_s)
    def read_preserve_line_endings(path) = File.read(path.to_s)
    def basename_string(path) = File.basename(path.to_s)
    def pathname(path) = require('pathname') && nil || Pathname.new(path)
    def directory?(path) = File.directory?(path.to_s)
    def file?(path) = File.file?(path.to_s)
    def expand_path(path, directory = nil) = File.expand_path(path, directory)
    def open(path, _mode, options, &block) = File.open(path.to_s, options, &block)
  end


  # A module of the environment, as far as it can be asked about.
  class Module
    class Error < Puppet::Error; end

    attr_reader :name, :path

    def self.find(name, _environment = nil)
      path = Rehearsal.ask('module', name.to_s)
      path && new(name.to_s, path)
    end

    def initialize(name, path)
      @name = name
      @path = path
    end

    def templates = "#{path}/templates"
    def files = "#{path}/files"
    def metadata = Rehearsal.ask('metadata', name)
    def version = metadata && metadata['version']
    def to_s = "Module #{name}(#{path})"
  end

  module Node
    class Environment; end
  end
end
