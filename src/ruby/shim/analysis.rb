# frozen_string_literal: true

module Rehearsal
  # Which variables the tags of a template read, out of its syntax tree; and what feeds its local variables.
  # A read is `[kind, name, keys]` with kind :ivar, :local or :scope: `@rules[0]['x']`, `rule['x']`, `scope['a::b']`.
  class Analysis
    FEEDING = %i[<< push append concat unshift prepend merge! update store []= add insert replace].freeze
    Node = RubyVM::AbstractSyntaxTree::Node

    # What feeds local variables; and for each part the tests that decide over it, outermost first: line, reads, and
    # whether they are the parameters of a loop, of which the first that leads somewhere counts.
    attr_reader :sources, :tests

    def initialize(code)
      @tags = {}
      @tests = {}
      @around = nil
      @sources = Hash.new { |hash, key| hash[key] = [] }
      visit(RubyVM::AbstractSyntaxTree.parse(code))
    rescue SyntaxError
      @tags = {}
      @tests = {}
    end

    def [](number) = @tags[number]

    private

    def visit(node)
      return unless node.is_a?(Node)

      case node.type
      when :CALL, :QCALL, :OPCALL, :ATTRASGN then visit_call(node)
      when :LASGN, :DASGN then feed([:local, node.children[0]], reads_of(node.children[1]))
      when :IASGN then feed([:ivar, node.children[0].to_s.delete_prefix('@')], reads_of(node.children[1]))
      when :MASGN then visit_multiple(node)
      when :ITER, :FOR then visit_block(node)
      end
      tested = test_of(node)
      node.children.each { |child| tested && !tested.first.equal?(child) ? within(tested.last) { visit(child) } : visit(child) }
    end

    # The test of a node that decides over its other children, and what the test reads.
    def test_of(node)
      case node.type
      when :IF, :UNLESS, :CASE, :WHEN, :WHILE, :UNTIL
        test = node.children[0]
        reads = node.type == :CASE ? reads_of(test) | options_of(node.children[1]) : reads_of(test)
        reads.empty? ? nil : [test, [node.first_lineno, reads, false]]
      when :ITER then loop_of(node)
      when :FOR then [node.children[0], [node.first_lineno, reads_of(node.children[0]), false]]
      end
    end

    def options_of(node)
      return [] unless node.is_a?(Node) && node.type == :WHEN

      reads_of(node.children[0]) | options_of(node.children[2])
    end

    def loop_of(node)
      call, scope = node.children
      return nil unless scope.is_a?(Node) && scope.type == :SCOPE

      names = scope.children[0].compact
      return nil if names.include?(:_erbout) || (call.type == :CALL && variable?(call.children[0], :_erbout))

      reads = names.map { |name| [:local, name, []] } + reads_of(call)
      reads.empty? ? nil : [call, [node.first_lineno, reads, true]]
    end

    def within(test)
      outer = @around
      @around = [*outer, test]
      yield
    ensure
      @around = outer
    end

    def visit_call(node)
      receiver, name, arguments = node.children
      return unless receiver.is_a?(Node)

      values = list(arguments)
      if %i[__value __text].include?(name) && variable?(receiver, :_erbout)
        number = values[0].is_a?(Node) && values[0].type == :LIT ? values[0].children[0] : nil
        @tags[number] = reads_of(values[1]) if number && name == :__value
        @tests[number] = @around if number && @around
      elsif FEEDING.include?(name) && %i[LVAR DVAR IVAR].include?(receiver.type)
        key = receiver.type == :IVAR ? [:ivar, receiver.children[0].to_s.delete_prefix('@')] : [:local, receiver.children[0]]
        feed(key, values.flat_map { |value| reads_of(value) })
      end
    end

    def visit_multiple(node)
      value, targets, rest = node.children
      reads = reads_of(value)
      [*list(targets), rest].each do |target|
        feed([:local, target.children[0]], reads) if target.is_a?(Node) && %i[LASGN DASGN].include?(target.type)
      end
    end

    # Parameters of a block get what its call was made on and with.
    def visit_block(node)
      call, scope = node.children
      return unless scope.is_a?(Node) && scope.type == :SCOPE

      reads = reads_of(call)
      names = scope.children[0].compact
      arguments = scope.children[1]
      plain = arguments.is_a?(Node) && arguments.type == :ARGS && arguments.children[1].nil?
      count = plain ? [arguments.children[0].to_i, names.size].min : names.size
      extra = plain ? [arguments.children[6]].grep(Symbol) : []
      (names.first(count) + extra).each { |name| feed([:local, name], reads) }
    end

    def feed(key, reads)
      @sources[key] |= reads
    end

    def reads_of(node)
      return [] unless node.is_a?(Node)

      chain = chain_of(node)
      return [chain] if chain

      node.children.flat_map { |child| reads_of(child) }.uniq
    end

    # A variable and constant keys after it.
    def chain_of(node)
      case node.type
      when :IVAR then [:ivar, node.children[0].to_s.delete_prefix('@'), []]
      # What a pattern such as |all, (key, value)| takes apart is a variable without a name.
      when :LVAR, :DVAR then [nil, :_erbout].include?(node.children[0]) ? nil : [:local, node.children[0], []]
      when :CALL, :QCALL then call_chain(node)
      end
    end

    def call_chain(node)
      receiver, name, arguments = node.children
      return nil unless receiver.is_a?(Node)

      values = list(arguments)
      first = values.first && constant(values.first)
      if receiver.type == :VCALL && receiver.children[0] == :scope
        return %i[[] lookupvar].include?(name) && first.is_a?(String) ? [:scope, first.delete_prefix('::'), []] : nil
      end
      return nil unless %i[[] fetch dig].include?(name) && values.size.positive?
      return nil if name == :[] && values.size != 1

      keys = name == :dig ? values.map { |value| constant(value) } : [first]
      base = chain_of(receiver)
      base && keys.none?(&:nil?) ? [base[0], base[1], base[2] + keys] : nil
    end

    def constant(node)
      %i[STR LIT].include?(node.type) ? node.children[0] : nil
    end

    def list(node)
      node.is_a?(Node) && %i[LIST ARRAY].include?(node.type) ? node.children.compact : []
    end

    def variable?(node, name)
      node.is_a?(Node) && %i[LVAR DVAR].include?(node.type) && node.children[0] == name
    end
  end

  # Turns the reads of one tag into ways into the host's values, at the moment the tag is written.
  class Reading
    MAXIMUM = 8

    def initialize(analysis, roots, wrapper, locals, value)
      @analysis = analysis
      @roots = roots
      @wrapper = wrapper
      @locals = locals
      @value = value
      @seen = {}
    end

    def places(reads)
      found = reads.flat_map { |read| resolve(read) }.uniq
      found.empty? ? nil : found.first(MAXIMUM)
    end

    private

    def resolve(read)
      return [] if @seen[read]

      @seen[read] = true
      kind, name, keys = read
      kind == :scope ? [[name, *keys]] : variable_places(kind, name, keys)
    end

    def variable_places(kind, name, keys)
      value = kind == :ivar ? @wrapper.instance_variable_get("@#{name}") : local(name)
      place = Frame.current.locate(value)
      return [place + keys] if place
      return [[@roots[name]] + keys] if kind == :ivar && @roots[name] && @analysis.sources[[kind, name]].empty?

      keyed = value.is_a?(String) ? Frame.current.locate_key(value) : []
      fed = @analysis.sources[[kind, name]].flat_map { |read| resolve(read) }
      keyed = keyed.select { |way| fed.any? { |other| way.first == other.first } }
      return keyed unless keyed.empty?

      narrowed = scalar?(value) ? fed.flat_map { |way| equal_elements(way, value) } : []
      narrowed.empty? ? fed : narrowed
    end

    def local(name)
      (@binding ||= @locals.call).local_variable_get(name)
    rescue NameError
      nil
    end

    def scalar?(value) = value.is_a?(Numeric) || value == true || value == false

    # Which elements under a way are this number or truth value.
    def equal_elements(way, value)
      at = Frame.root(way.first)
      way.drop(1).each { |key| at = at.is_a?(Hash) || (at.is_a?(Array) && key.is_a?(Integer)) ? at[key] : nil }
      found = []
      search(at, way, value, found)
      found
    end

    def search(at, way, value, found)
      return if found.size >= MAXIMUM

      case at
      when Array then at.each_with_index { |element, i| search(element, way + [i], value, found) }
      when Hash then at.each { |key, element| search(element, way + [key], value, found) }
      else found << way if at.eql?(value)
      end
    end
  end
end
