# frozen_string_literal: true

module Puppet
  module Parser
    # What a template is to itself.
    class TemplateWrapper
      include Puppet::Util
      include Puppet::Util::Logging

      def initialize(file)
        @__scope__ = ::Rehearsal::SCOPE
        @__file__ = file
      end

      def file = @__file__
      def scope = @__scope__
      def has_variable?(name) = scope.include?(name.to_s) # rubocop:disable Naming/PredicatePrefix
      def classes = scope.catalog.classes

      def tags
        raise NotImplementedError, "Call 'all_tags' instead."
      end

      def all_tags = scope.catalog.tags
      def to_s = "template[#{@__file__ || 'inline'}]"

      CODE = class_eval('binding', __FILE__, __LINE__)
      private_constant :CODE

      # The template's code as a method, which takes the text to write to.
      def self.compile(code, path, name)
        define_method(name, &CODE.eval("lambda { |_erbout| #{code}\n}", path, 1))
      rescue SyntaxError
        # Without the lambda around it, Ruby words the mistake as it does for ERB.
        RubyVM::InstructionSequence.compile("_erbout = +''; #{code}", path, path, 1)
        raise
      end
    end
  end
end

# Templates may put another string in the place of the text so far.
class String
  def __text(_number, text) = self << text
  def __value(_number, value) = self << value.to_s
end

module Rehearsal
  # A template's text so far, and what each stretch came from. `__value` is where a tag's value is written.
  class Output < String
    def self.begin(template, wrapper)
      output = new(+'', encoding: Encoding::UTF_8)
      output.prepare(template, wrapper)
      output
    end

    def prepare(template, wrapper)
      @template = template
      @wrapper = wrapper
      @marks = []
    end

    # Numbers of tags, ends in bytes, for tags the ways to what they read, and the numbers of what decided over them.
    attr_reader :marks

    def __text(number, text)
      @marks << number << bytesize << nil << nil if bytesize != (@marks[-3] || 0)
      self << text
      @marks << number << bytesize << nil << @template.condition(number, @wrapper) { yield }
    end

    def __value(number, value)
      @marks << -1 << bytesize << nil << nil if bytesize != (@marks[-3] || 0)
      self << value.to_s
      place = Frame.current.locate(value) unless value.is_a?(Integer)
      @marks << number << bytesize << (place ? [place] : @template.reads(number, value, @wrapper) { yield })
      @marks << @template.condition(number, @wrapper) { yield }
    end
  end

  # A compiled template.
  class Template
    TABLE = [] # rubocop:disable Style/MutableConstant
    # What instance variables are called, by name.
    VARIABLES = Hash.new { |names, name| names[name] = :"@#{name}" }

    class << self
      # Marks of the template that was begun last: some errors have no trace.
      attr_accessor :written
    end

    def initialize(code, path)
      @code = code
      @name = Puppet::Parser::TemplateWrapper.compile(code, path, :"__template_#{TABLE.size}")
    end

    def render(file, values, roots)
      wrapper = Puppet::Parser::TemplateWrapper.new(file)
      values.each { |name, value| wrapper.instance_variable_set(VARIABLES[name], value) }
      @roots = roots
      @conditions = {}
      @fixed = {}
      output = Output.begin(self, wrapper)
      self.class.written = output.marks
      result = wrapper.__send__(@name, output)
      [Wire.text(result), result.equal?(output) ? output.marks : [], @conditions.keys]
    end

    # What a tag read to make a string of its own: ways into variables.
    def reads(number, value, wrapper)
      reading = analysis[number]
      return nil if reading.nil? || reading.empty?

      Reading.new(@analysis, @roots, wrapper, -> { yield }, value).places(reading)
    end

    # The number of what decided that a part is written: each test's line and the ways to what it read, outermost first.
    def condition(number, wrapper)
      tests = analysis.tests[number]
      return nil unless tests
      return @fixed[tests] if @fixed.key?(tests)

      reading = Reading.new(@analysis, @roots, wrapper, -> { yield }, nil)
      found = tests.filter_map do |line, reads, element|
        ways = element ? reads.lazy.map { |read| reading.places([read]) }.find(&:itself) : reading.places(reads)
        ways && [line, ways]
      end
      known = found.empty? ? nil : (@conditions[found] ||= @conditions.size)
      @fixed[tests] = known if tests.all? { |_, reads, _| reads.all? { |kind, _, _| kind != :local } }
      known
    end

    private

    def analysis
      @analysis ||= Analysis.new("lambda { |_erbout| #{@code}\n}")
    end
  end

  OPERATIONS['compile-template'] = lambda do |code, path|
    Template::TABLE << Template.new(code, path)
    Template::TABLE.size - 1
  end

  OPERATIONS['render'] = lambda do |id, file, variables|
    frame = Frame.current
    values = {}
    roots = {}
    sizes = nil
    variables.each do |name, root, value, special|
      value = Wire.load(value) if special
      frame.add(root, value)
      values[name] = value
      roots[name] = root
      (sizes ||= {})[name] = value.size if value.is_a?(Array) || value.is_a?(Hash)
    end
    answer = Template::TABLE.fetch(id).render(file, values, roots)
    grown = sizes && values.select { |name, value| sizes[name] && sizes[name] != value.size }
    return answer if grown.nil? || grown.empty?

    # A template that appends to a variable changes it for everyone who shares it.
    answer << grown.map { |name, value| [roots[name], value.to_a.flatten(value.is_a?(Hash) ? 1 : 0).map { |part| Wire.dump(part) }] }
  end
end

require '/rehearsal/analysis.rb'
