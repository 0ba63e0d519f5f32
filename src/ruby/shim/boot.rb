# frozen_string_literal: true

# Loaded first, before any code of templates and modules.
require 'json'

# What runs on Ruby's side of the bridge. The host calls `enter`; Ruby asks the host through the door, a file
# that opens once. Both directions carry JSON; wire.rb says how Puppet's values look in it.
module Rehearsal
  DOOR = File.open('/rehearsal/door', 'r+')
  DOOR.sync = true
  # What is read at a time, always into the same string: a new one each time would have Ruby collect garbage often.
  CHUNK = 65_536
  BUFFER = String.new(capacity: CHUNK, encoding: Encoding::BINARY)
  JSON_READER = { max_nesting: false, allow_nan: true }.freeze
  JSON_WRITER = JSON::State.new(max_nesting: 0)
  private_constant :DOOR, :CHUNK, :BUFFER, :JSON_READER, :JSON_WRITER

  # Raised where the host's side of a question failed; the host keeps the failure itself under the token.
  module HostFailure
    attr_accessor :token
  end

  # Passes through Ruby code untouched: break, next and return of Puppet, and faults of the host.
  class Unwind < Exception # rubocop:disable Lint/InheritException
    include HostFailure
  end

  # Something that the sandbox has none of.
  class Refused < StandardError; end

  OPERATIONS = {}
  # Questions for whose answer the host evaluates code or sets a variable.
  EVALUATING = %w[call dispatch block set-variable].freeze

  class << self
    # The host's call: takes the request out of the door, gives the reply as JSON.
    def enter
      operation, *arguments = receive
      frame = Frame.push
      begin
        JSON_WRITER.generate([0, operation(operation).call(*arguments)])
      rescue Exception => e # rubocop:disable Lint/RescueException
        JSON_WRITER.generate([1, describe(e)])
      ensure
        Frame.pop(frame)
      end
    end

    # Asks the host; the answer is a value, or whatever else the operation gives.
    def ask(operation, *arguments)
      DOOR.syswrite(JSON_WRITER.generate([operation, *arguments]))
      status, payload, root, special = receive
      Frame.current&.forget_variables if EVALUATING.include?(operation)
      return fail_with(payload) if status == 1

      # What Ruby keeps for the host holds values that are better known by where they came from.
      root = nil if special && Wire.opaque?(payload)
      payload = Wire.load(payload) if special
      Frame.current.add(root, payload) if root
      payload
    end

    def describe(error)
      trace = error.backtrace_locations || []
      token = error.token if error.is_a?(HostFailure)
      # A syntax error carries its place in its message only.
      lines = (error.backtrace || []).first(60)
      { 'class' => error.class.name.to_s, 'message' => Wire.text(Paths.told_in(message_of(error))), 'token' => token,
        'trace' => trace.empty? ? lines.map { |l| Wire.text(l) } : trace.first(60).map { |l| "#{l.path}:#{l.lineno}" },
        'kind' => kind_of(error), 'standard' => error.is_a?(StandardError),
        'after' => Template.written && Template.written[-4] }
    end

    private

    def operation(name)
      require '/rehearsal/type.rb' if name == 'load-type'
      OPERATIONS.fetch(name)
    end

    def message_of(error)
      case error
      when Errno::ENOTCAPABLE, Errno::EROFS, Errno::ENOTSUP then "#{error.message}: #{REASON}"
      else error.message.to_s
      end
    rescue StandardError => e
      "#{error.class} (its message failed: #{e.class})"
    end

    def kind_of(error)
      case error
      when Refused, Errno::ENOTCAPABLE, Errno::EROFS, Errno::ENOTSUP then 'refused'
      when SystemExit then 'exit'
      when NoMemoryError then 'memory'
      when SystemStackError then 'stack'
      when SyntaxError then 'syntax'
      when LoadError then error.message.include?(REASON) ? 'refused' : 'load'
      else 'error'
      end
    end

    def fail_with(failure)
      if failure['unwind']
        error = Unwind.new(failure['message'])
      else
        error = exception_class(failure['code']).new(failure['message'])
        error.extend(HostFailure)
      end
      error.token = failure['token']
      raise error
    end

    # What Ruby code can rescue a failure of the host by, as in Puppet.
    def exception_class(code)
      case code
      when 'puppet/argument-mismatch', 'puppet/conversion-failed', 'puppet/unknown-resource-type' then ArgumentError
      when 'puppet/unknown-class' then Puppet::Error
      when %r{\Ahiera/} then Puppet::DataBinding::LookupError
      else Puppet::ParseError
      end
    end

    # A chunk that is not full is the last one; the host sees to it that there is one.
    def receive
      chunk = DOOR.sysread(CHUNK, BUFFER)
      return parse(chunk) if chunk.bytesize < CHUNK

      text = chunk.dup
      text << DOOR.sysread(CHUNK, BUFFER) until BUFFER.bytesize < CHUNK
      parse(text)
    end

    def parse(text) = JSON::Parser.new(text.force_encoding(Encoding::UTF_8), **JSON_READER).parse
  end
end

# Types of resources are seldom needed.
module Puppet
  %i[Type Parameter Property Provider ResourceApi].each { |name| autoload name, '/rehearsal/type.rb' }
end


%w[frame wire sandbox puppet util facter pops scope functions datatypes resource template require library paths].each do |name|
  require "/rehearsal/#{name}.rb"
end

module Rehearsal
  # What Puppet has loaded, for an image of the machine; without one, it comes when it is first named.
  OPERATIONS['warm'] = lambda do
    %w[yaml digest digest/md5 digest/sha1 digest/sha2 uri pathname date time strscan erb set stringio securerandom
       fileutils forwardable singleton monitor ostruct benchmark logger cgi delegate base64 ipaddr optparse find timeout
       openssl zlib etc net/http ripper /rehearsal/type.rb].each { |feature| require feature }
    GC.start
    nil
  end

  # Ruby mixes the clock and addresses into a seed of its own making.
  Random.singleton_class.prepend(Module.new do
    def new(seed = new_seed) = super(seed)
    def new_seed = rand(1 << 128)
  end)

  OPERATIONS['start-node'] = lambda do
    srand(1)
    nil
  end

  # Before anything else: for which Puppet, and whether to tell each line.
  OPERATIONS['start'] = lambda do |version, trace|
    Library.forget
    Paths.forget
    require '/rehearsal/ruby31.rb' if version.start_with?('7.')
    srand(0)
    OPERATIONS['trace'].call if trace
    nil
  end
end

# Code of templates cannot put itself in the place of the bridge.
Rehearsal.singleton_class.freeze
Rehearsal.freeze
