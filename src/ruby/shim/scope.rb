# frozen_string_literal: true

module Puppet
  module Parser
    # The scope of whoever called: a view of what the host is evaluating.
    class Scope
      include Puppet::Util::Errors
      include Puppet::Util::Logging

      UNDEFINED_VARIABLES_KIND = 'undefined_variables'
      BUILT_IN = %w[module_name caller_module_name].freeze

      def self.true?(value)
        ![false, nil, '', :undef].include?(value)
      end

      def lookupvar(name, _options = nil)
        raise Puppet::ParseError, "Scope variable name #{name.inspect} is a #{name.class}, not a string" unless name.is_a?(String)

        answer = Rehearsal.ask('variable', name)
        return answer unless answer.nil?

        missing(name)
      end
      alias [] lookupvar

      def []=(name, value)
        changes = [Hash, Array].any? { |collection| value.instance_of?(collection) } && !value.frozen?
        Rehearsal.ask('set-variable', name.to_s, changes ? Rehearsal::Wire.keep(value) : Rehearsal::Wire.dump(value))
        value
      end
      alias setvar []=

      def include?(name)
        catch(:undefined_variable) { return !lookupvar(name.to_s).nil? }
        false
      end

      def exist?(name) = Rehearsal.ask('variable?', name.to_s)
      alias bound? exist?

      def to_hash(_recursive = true, include_undef = false)
        variables = Rehearsal::Frame.current.variables
        include_undef ? variables.dup : variables.reject { |_, value| value.nil? || value == :undef }
      end

      def undef_as(replacement, value)
        value.nil? || value == :undef ? replacement : value
      end

      def call_function(name, arguments, &block)
        Rehearsal::Functions.call(name.to_s, [*arguments], block)
      rescue Puppet::ParseError => e
        raise e unless e.message == "Unknown function: '#{name}'."

        # From outside of manifests it is told in other words.
        raise ArgumentError, "Unknown function '#{name}'"
      end

      def method_missing(name, *arguments, &block)
        return super unless name.start_with?('function_')

        function = name.to_s.delete_prefix('function_')
        return super unless Puppet::Parser::Functions.function(function)
        return send(name, *arguments, &block) if self.class.method_defined?(name)

        values = Puppet::Parser::Functions.arguments_of(function, arguments)
        if Puppet::Parser::Functions::NEWER.key?(function)
          raise Puppet::ParseError, "#{function}() can only be called using the 4.x function API. See Scope#call_function"
        end
        Rehearsal::Functions.call(function, values, block)
      end

      def respond_to_missing?(name, private = false)
        (name.start_with?('function_') && !!Puppet::Parser::Functions.function(name.to_s.delete_prefix('function_'))) || super
      end

      def catalog = @catalog ||= Puppet::Resource::Catalog.new
      def compiler = @compiler ||= Compiler.new(self)
      def environment = Environment.new(Rehearsal.ask('environment'))
      def resource = Puppet::Resource.new(*Rehearsal.ask('resource'))
      def source = Source.new(*Rehearsal.ask('source'))
      def namespaces = [source.name.to_s]
      def parent_module_name = source.module_name
      def tags = Rehearsal.ask('tags')
      def classes = catalog.classes
      def host = Rehearsal.ask('node')
      def facts = Rehearsal.ask('fact', '')
      def findresource(type, title = nil) = catalog.resource(type, title)
      def find_global_scope = self
      def compiler_scope = self
      def topscope? = false
      def parent = nil
      def known_resource_types = @known ||= KnownTypes.new
      def find_hostclass(name) = known_resource_types.find_hostclass(name)
      def find_definition(name) = known_resource_types.find_definition(name)
      def lookuptype(name) = find_definition(name) || find_hostclass(name)
      def class_scope(_class) = nil
      def line = (Rehearsal.ask('place') || [])[1]
      def file = (Rehearsal.ask('place') || [])[0]
      def tag(*names) = Rehearsal.ask('tag', names.map(&:to_s))
      def to_s = "Scope(#{resource})"
      alias inspect to_s

      # Defaults of resources in this scope, by parameter.
      def lookupdefaults(type)
        Rehearsal.ask('defaults', type.to_s).to_h { |name, value| [name.to_sym, Default.new(name.to_sym, value)] }
      end

      Default = Struct.new(:name, :value)
      Source = Struct.new(:type, :name, :module_name)

      private

      def missing(name)
        return nil if BUILT_IN.include?(name) || name.match?(/\A\d+\z/) || exist?(name)

        reason = Rehearsal.ask('missing-reason', name)
        # A variable of a class that is there is asked for by its full name.
        name = "::#{name}" if reason == '' && name.include?('::') && !name.start_with?('::')
        begin
          throw :undefined_variable, reason
        rescue UncaughtThrowError
          case Puppet[:strict]
          when :warning then Puppet.warn_once('undefined_variables', "Variable: #{name}", "Undefined variable '#{name}'; #{reason}")
          when :error then raise ArgumentError, "Undefined variable '#{name}'; #{reason}"
          end
        end
        nil
      end
    end

    class Compiler
      attr_reader :topscope

      def initialize(scope)
        @topscope = scope
      end

      def environment = topscope.environment
      def catalog = topscope.catalog
      def node = Node.new
      def findresource(type, title = nil) = catalog.resource(type, title)
      def resources = catalog.resources
      def loaders = Puppet::Pops::Loaders.current
    end

    # The node being compiled.
    class Node
      def name = Rehearsal.ask('node')
      def facts = self
      def values = Rehearsal.ask('fact', '')
      def parameters = values
      def environment = Rehearsal::SCOPE.environment
      def trusted_data = Rehearsal.ask('variable', 'trusted')
      def server_facts = Rehearsal.ask('variable', 'server_facts')
      def classes = []
    end

    class KnownTypes
      def find_hostclass(name) = Rehearsal.ask('class?', name.to_s) ? name : nil
      def find_definition(name) = Rehearsal.ask('resource-type?', name.to_s) ? name : nil
      alias definition find_definition
      alias hostclass find_hostclass
    end

    class Environment
      def initialize(name)
        @name = name
      end

      def name = @name.to_sym
      def to_s = @name
      def module(name) = Puppet::Module.find(name)
      def modules = Rehearsal.ask('modules').map { |module_name| Puppet::Module.find(module_name) }
      def known_resource_types = Rehearsal::SCOPE.known_resource_types
      def modulepath = modules.map { |m| File.dirname(m.path) }.uniq
      alias full_modulepath modulepath
    end

    module Files
      module_function

      def find_template(name, _environment = nil) = Rehearsal.ask('find-file', 'templates', name.to_s)
      def find_file(name, _environment = nil) = Rehearsal.ask('find-file', 'files', name.to_s)
    end
  end
end

module Rehearsal
  SCOPE = Puppet::Parser::Scope.new
end
