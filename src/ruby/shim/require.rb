# frozen_string_literal: true

module Rehearsal
  # What code of modules may require: Ruby's own library, Puppet's (which is this shim), the `lib` folders of modules.
  module Library
    # The addresses and errors that `ipaddr` and `resolv` name, without any network.
    SOCKET = <<~RUBY
      class SocketError < StandardError; end
      class BasicSocket < IO; end
      class IPSocket < BasicSocket
        def self.getaddress(_host) = Rehearsal.refuse('A name look-up')
      end
      class TCPSocket < IPSocket
        def self.new(*) = Rehearsal.refuse('A network connection')
        def self.open(*) = Rehearsal.refuse('A network connection')
        def self.gethostbyname(_host) = Rehearsal.refuse('A name look-up')
      end
      class TCPServer < TCPSocket; end
      class UDPSocket < IPSocket
        def self.new(*) = Rehearsal.refuse('A network connection')
      end
      class UNIXSocket < BasicSocket
        def self.new(*) = Rehearsal.refuse('A network connection')
      end
      class Socket < BasicSocket
        AF_UNSPEC = 0
        AF_INET = 2
        AF_INET6 = 10
        PF_INET = 2
        PF_INET6 = 10
        SOCK_STREAM = 1
        SOCK_DGRAM = 2
        class << self
          %i[new tcp udp getaddrinfo gethostbyname gethostname getifaddrs ip_address_list].each do |name|
            define_method(name) { |*| Rehearsal.refuse('The network') }
          end
        end
      end
      class Addrinfo; end
    RUBY

    # Ruby's own waits in a thread. Here the clock stands still, and the host ends what takes too long.
    TIMEOUT = <<~RUBY
      module Timeout
        class ExitException < Exception; end
        class Error < RuntimeError; end

        def timeout(seconds, *) = yield(seconds)
        module_function :timeout
      end
    RUBY

    # What clients set before they connect.
    SSL = <<~RUBY
      module OpenSSL::SSL
        VERIFY_NONE = 0
        VERIFY_PEER = 1
        class SSLError < OpenSSL::OpenSSLError; end
        class SSLContext
          def self.new(*) = Rehearsal.refuse('A network connection')
        end
      end
    RUBY

    # The gem that Puppet brings along; the host reads the text.
    HOCON = <<~RUBY
      module Hocon
        class ConfigError < StandardError
          class ConfigParseError < ConfigError; end
        end

        class Config
          def initialize(data)
            @data = data
          end

          def resolve(*) = self
          def root = self
          def unwrapped = @data
        end

        module ConfigFactory
          def self.parse_string(text, *)
            found = Rehearsal.ask('hocon', text)
            raise ConfigError::ConfigParseError, found if found.is_a?(String)

            Config.new(found.first)
          end
        end

        def self.parse(text, *) = ConfigFactory.parse_string(text).unwrapped
      end
    RUBY

    @resolved = {}
    @loaded = {}

    class << self
      # Files of modules, asked for once: a module may add no file while it is being read.
      def find(feature)
        return @resolved[feature] if @resolved.key?(feature)

        @resolved[feature] = Rehearsal.ask('resolve', feature)
      end

      def forget = @resolved.clear

      def load_feature(feature)
        feature = feature.delete_suffix('.so')
        return false if @loaded[feature]

        @loaded[feature] = true
        case feature
        when 'socket'
          stand_in(:Socket, SOCKET, feature)
        when 'timeout'
          stand_in(:Timeout, TIMEOUT, feature)
        when %r{\Ahocon(?:/|\z)}
          TOPLEVEL_BINDING.eval(HOCON, '/rehearsal/hocon.rb')
          true
        when 'openssl'
          require 'openssl.rb'
          TOPLEVEL_BINDING.eval(SSL, '/rehearsal/ssl.rb') unless OpenSSL.const_defined?(:SSL)
          true
        when 'io/wait', 'io/nonblock'
          true
        when /\Ajs(?:\.so|\/|\z)/, 'fiddle', 'io/console', 'pty'
          @loaded.delete(feature)
          raise LoadError, "cannot load such file -- #{feature} (#{REASON})"
        end
      end

      # What is defined here in place of a library of Ruby's.
      def stand_in(constant, text, feature)
        # An autoload of the constant would call for this feature again.
        Object.send(:remove_const, constant) if Object.autoload?(constant)
        TOPLEVEL_BINDING.eval(text, "/rehearsal/#{feature}.rb")
        true
      end

      # Ruby's bundled gems, which RubyGems would find.
      def bundled(feature)
        @gems ||= Dir.glob('/usr/local/lib/ruby/gems/*/gems/*/lib')
        file = feature.end_with?('.rb') ? feature : "#{feature}.rb"
        @gems.map { |directory| "#{directory}/#{file}" }.find { |path| File.file?(path) }
      end

      # Names that the shim stands for.
      def own?(feature)
        feature.match?(%r{\A(?:(?:puppet|facter|hiera|semantic_puppet)(?:\.rb|/|\z)|puppet_x(?:\.rb)?\z)})
      end
    end
  end
end

module Kernel
  ruby_require = instance_method(:require)
  special = %w[hocon timeout openssl socket socket.so io/wait io/nonblock js js.so fiddle io/console pty].freeze

  define_method(:require) do |feature|
    name = feature.respond_to?(:to_path) ? feature.to_path : String(feature)
    return Rehearsal::Library.load_feature(name) if special.include?(name) || name.start_with?('js/', 'hocon/')
    return ruby_require.bind_call(self, name) if name.start_with?('/') || name.start_with?('.')

    if !Rehearsal::Library.own?(name) && $LOAD_PATH.resolve_feature_path(name)
      return ruby_require.bind_call(self, name)
    end

    path = Rehearsal::Library.find(name)
    return ruby_require.bind_call(self, path) if path
    return false if Rehearsal::Library.own?(name)

    ruby_require.bind_call(self, Rehearsal::Library.bundled(name) || name)
  end
  private :require
  define_singleton_method(:require) { |feature| Object.new.send(:require, feature) }
end
