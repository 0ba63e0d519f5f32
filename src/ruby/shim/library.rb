# frozen_string_literal: true

# Puppet has these loaded, so code of modules uses them without asking for them. Here they come when first named.
{
  YAML: 'yaml', Psych: 'psych', Digest: 'digest', URI: 'uri', Pathname: 'pathname', Date: 'date', DateTime: 'date',
  OpenSSL: 'openssl', ERB: 'erb', SecureRandom: 'securerandom', FileUtils: 'fileutils', Find: 'find', Timeout: 'timeout',
  OptionParser: 'optparse', StringScanner: 'strscan', StringIO: 'stringio', Etc: 'etc', Zlib: 'zlib', Base64: 'base64',
  IPAddr: 'ipaddr', Forwardable: 'forwardable', Singleton: 'singleton', Socket: 'socket', Monitor: 'monitor',
  OpenStruct: 'ostruct', Benchmark: 'benchmark', Logger: 'logger', CGI: 'cgi', Delegator: 'delegate',
  SimpleDelegator: 'delegate', Resolv: 'resolv', Ripper: 'ripper'
}.each { |name, feature| Object.autoload(name, feature) unless Object.const_defined?(name) }

# `time` extends a class that is there, so its methods stand in for themselves until it is loaded.
class Time
  %i[parse iso8601 xmlschema httpdate rfc2822 rfc822 strptime zone_offset].each do |name|
    define_singleton_method(name) do |*arguments, **options, &block|
      require 'time'
      public_send(name, *arguments, **options, &block)
    end
  end

  %i[iso8601 xmlschema httpdate rfc2822 rfc822].each do |name|
    define_method(name) do |*arguments|
      require 'time'
      public_send(name, *arguments)
    end
  end

  %i[to_date to_datetime].each do |name|
    define_method(name) do
      require 'date'
      public_send(name)
    end
  end
end

module Kernel
  { URI: 'uri', Pathname: 'pathname' }.each do |name, feature|
    define_method(name) do |*arguments, **options|
      require feature
      Kernel.instance_method(name).bind_call(self, *arguments, **options)
    end
    private name
  end
end
