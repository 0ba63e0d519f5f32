# frozen_string_literal: true

module Rehearsal
  # Functions of modules: what a file defines is described to the host, which matches arguments and calls by number.
  module Functions
    TABLE = [] # rubocop:disable Style/MutableConstant
    BLOCKS = {} # rubocop:disable Style/MutableConstant
    @found = []

    class << self
      attr_reader :found

      # Evaluates a file and gives the descriptions of the functions that it defined.
      def load_file(text, path)
        @found = []
        Rehearsal.evaluate(text, path)
        @found
      end

      def register(entry)
        TABLE << entry
        TABLE.size - 1
      end

      # Any function that the manifests could call.
      def call(name, arguments, block) = ask_with_block('call', name, arguments, block)

      # A question whose last two parts are arguments and a block, which the host may call until it has answered.
      def ask_with_block(*question, arguments, block)
        token = nil
        if block
          token = block.object_id
          BLOCKS[token] = block
        end
        Rehearsal.ask(*question, arguments.map { |argument| Wire.dump(argument) },
                      token && { 'h' => token, 'n' => block.arity, 'p' => block.parameters.map { |_, n| n.to_s } })
      ensure
        BLOCKS.delete(token) if token
      end
    end
  end

  # Code of a file, with nothing of ours among its local variables.
  def self.evaluate(text, path)
    RubyVM::InstructionSequence.compile(text, path, path, 1).eval
  end

  def self.take(arguments)
    frame = Frame.current
    arguments.map do |root, value, special|
      value = Wire.load(value) if special
      frame.add(root, value)
      value
    end
  end

  OPERATIONS['load-function'] = ->(text, path) { Functions.load_file(text, path) }

  OPERATIONS['call'] = lambda do |id, dispatch, arguments, block|
    arguments = take(arguments)
    block = block && Wire.load(block)
    Wire.dump(Functions::TABLE.fetch(id).__call(dispatch, arguments, block))
  end

  OPERATIONS['mismatch'] = lambda do |id, dispatch, arguments|
    Wire.text(Functions::TABLE.fetch(id).__mismatch(dispatch, take(arguments)))
  end

  OPERATIONS['proc'] = lambda do |token, arguments|
    Wire.dump(Functions::BLOCKS.fetch(token).call(*take(arguments)))
  end
end

module Puppet
  # The current function API.
  module Functions
    # One `dispatch` block, as it reads.
    class Dispatch
      attr_reader :method_name, :parameters, :block, :returns, :injections, :mismatch

      def initialize(method_name, mismatch)
        @method_name = method_name
        @mismatch = mismatch
        @parameters = []
        @injections = []
        @block = nil
        @returns = nil
      end

      def param(type, name)
        check_order
        if @parameters.any? { |p| p['optional'] }
          raise ArgumentError, 'A required parameter cannot be added after an optional parameter'
        end

        add(type, name)
      end
      alias required_param param

      def optional_param(type, name)
        check_order
        add(type, name, 'optional' => true)
      end

      def repeated_param(type, name)
        check_order
        add(type, name, 'repeated' => true)
      end
      alias optional_repeated_param repeated_param

      def required_repeated_param(type, name)
        check_order
        if @parameters.any? { |p| p['optional'] }
          raise ArgumentError, 'A required repeated parameter cannot be added after an optional parameter'
        end

        add(type, name, 'repeated' => true, 'required' => true)
      end

      def block_param(*type_and_name)
        if type_and_name.size > 2
          raise ArgumentError, "block_param accepts max 2 arguments (type, name), got #{type_and_name.size}."
        end
        raise ArgumentError, 'Attempt to redefine block' if @block

        name = type_and_name.pop || :block
        type = type_and_name.first || 'Callable'
        raise ArgumentError, "Expected block_param name to be a Symbol, got #{name.class}" unless name.is_a?(Symbol)

        @block = { 'type' => type.to_s, 'name' => name.to_s }
      end
      alias required_block_param block_param

      def optional_block_param(*type_and_name)
        block_param(*type_and_name)
        @block['optional'] = true
      end

      def return_type(type)
        unless type.is_a?(String) || type.is_a?(Pops::Types::PAnyType)
          raise ArgumentError, "Argument to 'return_type' must be a String reference to a Puppet Data Type. Got #{type.class}"
        end

        @returns = type.to_s
      end

      # Where the scope stands among the arguments.
      def scope_param
        @injections << [@parameters.size, :scope]
      end

      def cache_param
        @injections << [@parameters.size, :cache]
      end

      def compiler_param
        @injections << [@parameters.size, :compiler]
      end
      alias pal_compiler_param compiler_param
      alias script_compiler_param compiler_param

      def describe
        { 'parameters' => @parameters, 'block' => @block, 'returns' => @returns, 'method' => @method_name.to_s,
          'mismatch' => @mismatch }
      end

      private

      def check_order
        raise ArgumentError, 'Parameters cannot be added after a block parameter' if @block
        raise ArgumentError, 'Parameters cannot be added after a repeated parameter' if @parameters.any? { |p| p['repeated'] }
      end

      def add(type, name, flags = {})
        raise ArgumentError, "Parameter name argument must be a Symbol. Got #{name.class}" if name.is_a?(String)
        unless type.is_a?(String) || type.is_a?(Pops::Types::PAnyType)
          raise ArgumentError, "Parameter 'type' must be a String reference to a Puppet Data Type. Got #{type.class}"
        end

        @parameters << { 'type' => type.to_s, 'name' => name.to_s }.merge(flags)
      end
    end

    # What a function's class answers to `dispatcher`.
    class Dispatcher
      attr_reader :dispatches
      attr_accessor :id

      def initialize
        @dispatches = []
      end

      def empty? = @dispatches.empty?

      # For functions that take their arguments apart themselves: the host chooses among the dispatches.
      def dispatch(_instance, _scope, arguments)
        Rehearsal.ask('dispatch', id, arguments.map { |argument| Rehearsal::Wire.dump(argument) })
      end
    end
  end

  module Pops
    module Functions
      class Function
        attr_reader :loader

        class << self
          attr_accessor :func_name, :local_types_text

          def name = @func_name || super
          def dispatcher = @dispatcher ||= Puppet::Functions::Dispatcher.new
          def loader = Puppet::Functions::LOADER

          def dispatch(method_name, &block)
            add_dispatch(method_name, false, &block)
          end

          def argument_mismatch(method_name, &block)
            add_dispatch(method_name, true, &block)
          end

          def local_types(&block)
            collector = Puppet::Functions::LocalTypes.new
            collector.instance_eval(&block)
            @local_types_text = collector.types
          end

          private

          def add_dispatch(method_name, mismatch, &block)
            made = Puppet::Functions::Dispatch.new(method_name, mismatch)
            made.instance_eval(&block)
            dispatcher.dispatches << made
          end
        end

        def initialize(_closure_scope = nil, _loader = nil); end

        def closure_scope = Rehearsal::SCOPE

        def call_function(name, *arguments, &block)
          Rehearsal::Functions.call(name.to_s, arguments, block)
        end

        def call_function_with_scope(_scope, name, *arguments, &block)
          Rehearsal::Functions.call(name.to_s, arguments, block)
        end

        def call(scope, *arguments)
          self.class.dispatcher.dispatch(self, scope, arguments)
        end

        def __call(number, arguments, block)
          return call(Rehearsal::SCOPE, *arguments, &block) if number.negative?

          __run(self.class.dispatcher.dispatches.fetch(number), arguments, block)
        end

        def __mismatch(number, arguments)
          __run(self.class.dispatcher.dispatches.fetch(number), arguments, nil)
        end

        def __run(dispatch, arguments, block)
          dispatch.injections.each_with_index do |(at, kind), i|
            arguments = arguments.dup if i.zero?
            arguments.insert(at + i, kind == :scope ? Rehearsal::SCOPE : kind == :cache ? __cache : Rehearsal::SCOPE.compiler)
          end
          send(dispatch.method_name, *arguments, &block)
        end

        private

        def __cache = @__cache ||= Hash.new { |hash, key| hash[key] = {} }
      end
    end
  end

  module Functions
    class Function < Pops::Functions::Function; end
    class InternalFunction < Function; end
    class PuppetFunction < Function; end
    class Function3x < InternalFunction; end
    LOADER = Object.new
    def LOADER.private_loader = self
    def LOADER.load(_kind, _name) = nil
    def LOADER.load_typed(_name) = nil

    class LocalTypes
      attr_reader :types

      def initialize
        @types = {}
      end

      # `type 'Name = Definition'`
      def type(assignment)
        name, definition = assignment.split('=', 2)
        if definition.nil? || !name.strip.match?(/\A[A-Z]\w*\z/)
          raise ArgumentError, "Expected a type alias assignment on the form 'AliasType = T', got '#{assignment}'."
        end

        @types[name.strip] = definition.strip
      end
    end

    class << self
      def create_function(name, base = Function, &block)
        create_loaded_function(name, nil, base, &block)
      rescue StandardError => e
        raise if e.is_a?(Rehearsal::HostFailure) || e.is_a?(Rehearsal::Refused)

        raise ArgumentError, "Function Load Error for function '#{name}': #{e.message}", e.backtrace
      end

      def create_loaded_function(name, _loader, base = Function, &block)
        unless base.ancestors.include?(Pops::Functions::Function)
          raise ArgumentError, "Functions must be based on Puppet::Pops::Functions::Function. Got #{base}"
        end

        made = Class.new(base)
        made.func_name = name.to_s
        made.class_eval(&block)
        add_default_dispatch(made) if made.dispatcher.empty?
        describe(made)
        made
      end

      private

      def add_default_dispatch(made)
        method_name = made.func_name.split('::').last
        unless made.method_defined?(method_name) || made.private_method_defined?(method_name)
          raise ArgumentError, 'Function Creation Error, cannot create a default dispatcher for function ' \
                               "'#{made.func_name}', no method with this name found"
        end

        kinds = made.instance_method(method_name).parameters
        made.dispatch(method_name.to_sym) do
          kinds.each_with_index do |(kind, parameter), i|
            case kind
            when :req then param('Any', (parameter || "p#{i}").to_sym)
            when :opt then optional_param('Any', parameter.to_sym)
            when :rest then repeated_param('Any', (parameter || :rest).to_sym)
            end
          end
        end
      end

      def describe(made)
        id = Rehearsal::Functions.register(made.new)
        made.dispatcher.id = id
        own_call = made.instance_method(:call).owner != Pops::Functions::Function
        Rehearsal::Functions.found << {
          'id' => id, 'name' => made.func_name, 'dispatches' => made.dispatcher.dispatches.map(&:describe),
          'types' => made.local_types_text || {}, 'own' => own_call
        }
      end
    end
  end

  module Parser
    # The older function API: methods of the scope.
    module Functions
      INFO = {} # rubocop:disable Style/MutableConstant
      # Puppet's own functions that this API reaches, by the arguments that they take: a number, or from a number on, as
      # with Ruby's methods.
      BUILT_IN = {
        1 => %w[digest md5 sha1 sha256], 2 => %w[scanf versioncmp],
        -1 => %w[fail shellquote debug info notice warning err alert emerg crit],
        -2 => %w[contain file fqdn_rand generate include inline_template realize require sprintf tag tagged template],
        -3 => %w[create_resources]
      }.flat_map { |arity, names| names.map { |name| [name, arity] } }.to_h.freeze
      # Those that it knows by name alone.
      NEWER = {
        0 => %w[break], 1 => %w[binary_file], 2 => %w[match split],
        -1 => %w[dig new reverse_each step type with],
        -2 => %w[defined epp find_file hiera hiera_array hiera_hash hiera_include inline_epp lest lookup next return then],
        -3 => %w[assert_type each filter map reduce slice strftime],
        -4 => %w[regsubst]
      }.flat_map { |arity, names| names.map { |name| [name, arity] } }.to_h.freeze

      # Calls of the host to such a function.
      class Entry
        def initialize(name)
          @method = :"function_#{name}"
        end

        def __call(_dispatch, arguments, block)
          Rehearsal::SCOPE.send(@method, arguments, &block)
        end
      end

      module AutoLoader
        module_function

        def load(name, _environment = nil)
          warn_of('load', name)
          !!Functions.function(name)
        end

        def loaded?(name)
          warn_of('loaded?', name)
          !!Functions.function(name)
        end

        def warn_of(method, name)
          return if Puppet[:strict] == :off

          Puppet.warn_once('deprecations', "autoloader##{method}(#{name})",
                           "The method 'Puppet::Parser::Functions.autoloader##{method}(\"#{name}\")' is deprecated " \
                           "in favor of using 'Scope#call_function'.")
        end

        def loadall(*) = nil
      end

      class << self
        def newfunction(name, options = {}, &block)
          name = name.to_sym
          arity = options[:arity] || -1
          type = options[:type] || :statement
          raise Puppet::DevError, "Invalid statement type #{type.inspect}" unless %i[statement rvalue].include?(type)

          define(name, type, block)
          INFO[name] = { arity: arity, type: type, name: "function_#{name}", doc: options[:doc] }
          Rehearsal::Functions.found << { 'id' => Rehearsal::Functions.register(Entry.new(name)), 'name' => name.to_s,
                                          'legacy' => true, 'rvalue' => type == :rvalue }
          INFO[name]
        end

        # The method's name, or false where nobody knows the function.
        def function(name, _environment = nil)
          text = name.to_s
          known = INFO.key?(name.to_sym) || load_from_module(text) || BUILT_IN.key?(text) || NEWER.key?(text)
          known ? "function_#{name}" : false
        end

        def rvalue?(name, _environment = nil)
          INFO.key?(name.to_sym) ? INFO[name.to_sym][:type] == :rvalue : true
        end

        def arity(name, _environment = nil)
          INFO.dig(name.to_sym, :arity) || BUILT_IN[name.to_s] || NEWER[name.to_s] || -1
        end

        # The arguments of a call through the scope.
        def arguments_of(name, given)
          values = given[0]
          unless values.is_a?(Array)
            raise ArgumentError, 'custom functions must be called with a single array that contains the arguments. ' \
                                 'For example, function_example([1]) instead of function_example(1)'
          end
          arity = arity(name)
          if arity >= 0 && values.size != arity
            raise ArgumentError, "#{name}(): Wrong number of arguments given (#{values.size} for #{arity})"
          elsif arity.negative? && values.size < (arity + 1).abs
            raise ArgumentError, "#{name}(): Wrong number of arguments given (#{values.size} for minimum #{(arity + 1).abs})"
          end
          values
        end

        def autoloader = AutoLoader
        def environment_module(_environment = nil) = Scope
        def reset = nil

        private

        # The older API has functions of its own: one of the newer API may bear the same name.
        def load_from_module(name)
          path = name.match?(/\A\w+\z/) && Rehearsal::Library.find("puppet/parser/functions/#{name}")
          path && Kernel.require(path)
          INFO.key?(name.to_sym)
        end

        def define(name, type, block)
          Scope.define_method(:"real_function_#{name}", &block)
          Scope.define_method(:"function_#{name}") do |*arguments|
            result = Functions.without_undef(send(:"real_function_#{name}", Functions.arguments_of(name, arguments)))
            type == :rvalue ? result : nil
          end
        end
      end

      # :undef is the older API's undef.
      def self.without_undef(value)
        case value
        when :undef then nil
        when Array then value.include?(:undef) ? value.map { |v| without_undef(v) } : value
        else value
        end
      end
    end
  end
end
