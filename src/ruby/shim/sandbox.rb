# frozen_string_literal: true

# Nothing below keeps code in: the machine has no way out. It only lets errors say why.
module Rehearsal
  REASON = 'templates and functions run here without processes, network and files of this machine'

  def self.refuse(what)
    raise Refused, "#{what} is not possible: #{REASON}"
  end
end

module Kernel
  %i[system spawn exec fork ` trap syscall].each do |name|
    what = name == :` ? 'Running a command' : "Kernel##{name}"
    define_method(name) { |*_arguments, **_options, &_block| Rehearsal.refuse(what) }
    private name
    define_singleton_method(name) { |*_arguments, **_options, &_block| Rehearsal.refuse(what) }
  end

  # The clock stands still, so there is nothing to wait for.
  def sleep(seconds = 0)
    seconds.to_i
  end

  def exit!(*_status)
    raise SystemExit, 'exit!'
  end

  # What code prints goes nowhere, as on a server.
  def abort(message = 'abort')
    raise SystemExit.new(1, message)
  end
  private :sleep, :exit!, :abort

  class << self
    def sleep(seconds = 0)
      seconds.to_i
    end

    def exit!(*_status)
      raise SystemExit, 'exit!'
    end

    def abort(message = 'abort')
      raise SystemExit.new(1, message)
    end
  end
end

module Process
  class << self
    %i[kill spawn fork exec daemon detach wait waitpid exit! abort].each do |name|
      define_method(name) { |*_arguments, **_options| Rehearsal.refuse("Process.#{name}") }
    end
  end
end

class IO
  def self.popen(*_arguments, **_options)
    Rehearsal.refuse('IO.popen')
  end
end

class Thread
  def self.new(*_arguments)
    Rehearsal.refuse('A thread')
  end

  class << self
    alias start new
    alias fork new
  end
end

module Rehearsal
  # Tells the host each line before it runs: slow, for finding out where code hangs.
  OPERATIONS['trace'] = lambda do
    last = nil
    TracePoint.new(:line) do |point|
      place = [point.path, point.lineno]
      next if place == last || place[0].start_with?('/rehearsal/', '/usr/')

      last = place
      Rehearsal.ask('line', *place)
    end.enable
    nil
  end
end
