# frozen_string_literal: true

# What real Puppet's parser and static validation say about texts: one JSON request a line on stdin, one answer a line
# on stdout. Needs Debian's puppet-agent. Usage: ruby parser-oracle.rb < requests.jsonl > answers.jsonl
#
#   request  {"code"} or {"file"}, with "epp": true for a template, "tree": false to leave the tree out,
#            "path" for the name under which the code is known, "modulepath" to hold it against module folders
#   answer   {"tree", "issues": [[severity, message, line, column]]} or {"error": [message, line, column]},
#            and "logs": [[level, message, line, column]]
#
# A node of the tree is [kind, offset in UTF-16 units, fields…], in the names of Puppet's own model.

require 'puppet'
require 'json'

require 'tmpdir'
folder = Dir.mktmpdir('parser-oracle')
at_exit { FileUtils.remove_entry(folder) }
Puppet.initialize_settings(['--confdir', folder, '--vardir', folder, '--strict', 'error'])

module Dump
  include Puppet::Pops::Model

  FIELDS = {
    'AccessExpression' => %i[left_expr keys],
    'AndExpression' => %i[left_expr right_expr],
    'ArithmeticExpression' => %i[operator left_expr right_expr],
    'AssignmentExpression' => %i[operator left_expr right_expr],
    'AttributeOperation' => %i[attribute_name operator value_expr],
    'AttributesOperation' => %i[expr],
    'BlockExpression' => %i[statements],
    'CallMethodExpression' => %i[functor_expr arguments lambda rval_required],
    'CallNamedFunctionExpression' => %i[functor_expr arguments lambda rval_required],
    'CaseExpression' => %i[test options],
    'CaseOption' => %i[values then_expr],
    'CollectExpression' => %i[type_expr query operations],
    'ComparisonExpression' => %i[operator left_expr right_expr],
    'ConcatenatedString' => %i[segments],
    'ExportedQuery' => %i[expr],
    'FunctionDefinition' => %i[name parameters return_type body],
    'HeredocExpression' => %i[syntax text_expr],
    'HostClassDefinition' => %i[name parameters parent_class body],
    'IfExpression' => %i[test then_expr else_expr],
    'InExpression' => %i[left_expr right_expr],
    'KeyedEntry' => %i[key value],
    'LambdaExpression' => %i[parameters return_type body],
    'LiteralBoolean' => %i[value],
    'LiteralDefault' => [],
    'LiteralFloat' => %i[value],
    'LiteralHash' => %i[entries],
    'LiteralInteger' => %i[radix value],
    'LiteralList' => %i[values],
    'LiteralRegularExpression' => %i[value],
    'LiteralString' => %i[value],
    'LiteralUndef' => [],
    'MatchExpression' => %i[operator left_expr right_expr],
    'NamedAccessExpression' => %i[left_expr right_expr],
    'NodeDefinition' => %i[host_matches parent body],
    'Nop' => [],
    'NotExpression' => %i[expr],
    'OrExpression' => %i[left_expr right_expr],
    'Parameter' => %i[name type_expr value captures_rest],
    'ParenthesizedExpression' => %i[expr],
    'Program' => %i[body],
    'QualifiedName' => %i[value],
    'QualifiedReference' => %i[cased_value],
    'RelationshipExpression' => %i[operator left_expr right_expr],
    'RenderExpression' => %i[expr],
    'RenderStringExpression' => %i[value],
    'ReservedWord' => %i[word future],
    'ResourceBody' => %i[title operations],
    'ResourceDefaultsExpression' => %i[form type_ref operations],
    'ResourceExpression' => %i[form type_name bodies],
    'ResourceOverrideExpression' => %i[form resources operations],
    'ResourceTypeDefinition' => %i[name parameters body],
    'SelectorEntry' => %i[matching_expr value_expr],
    'SelectorExpression' => %i[left_expr selectors],
    'TextExpression' => %i[expr],
    'TypeAlias' => %i[name type_expr],
    'UnaryMinusExpression' => %i[expr],
    'UnfoldExpression' => %i[expr],
    'UnlessExpression' => %i[test then_expr else_expr],
    'VirtualQuery' => %i[expr],
  }.freeze

  def self.units(source)
    return nil if source.ascii_only?

    map = {}
    byte = 0
    unit = 0
    source.each_char do |character|
      map[byte] = unit
      byte += character.bytesize
      unit += character.ord > 0xffff ? 2 : 1
    end
    map[byte] = unit
    map
  end

  def self.node(value, units)
    case value
    when nil, true, false, String, Float then value
    when Integer then value.to_s
    when Symbol then value.to_s
    when Regexp then value.source
    when Array then value.map { |v| node(v, units) }
    else
      kind = value.class.name.split('::').last
      at = value.respond_to?(:offset) ? (units ? units[value.offset] : value.offset) : 0
      at = 0 if kind == 'Program'
      if kind == 'VariableExpression'
        [kind, at, value.expr.respond_to?(:value) ? value.expr.value.to_s : node(value.expr, units)]
      elsif kind == 'LambdaExpression' && value.body.is_a?(Puppet::Pops::Model::EppExpression)
        ['EppExpression', at, value.body.parameters_specified, node(value.parameters, units), node(value.body.body, units)]
      else
        fields = FIELDS[kind]
        fields ? [kind, at, *fields.map { |f| node(value.send(f), units) }] : [kind, at]
      end
    end
  end
end

logs = []
Puppet::Util::Log.newdesttype(:recorder) do
  define_method(:initialize) { |*| super() }
  define_method(:handle) { |message| logs << [message.level.to_s, message.message, message.line, message.pos] }
  def self.suitable?(_) = true
  def match?(_) = true
end
Puppet::Util::Log.newdestination(:recorder)
Puppet::Util::Log.level = :warning

formatter = Puppet::Pops::Validation::DiagnosticFormatterPuppetStyle.new
$stdout.sync = true
Puppet.override({ plugins: Puppet.lookup(:plugins) { nil } }, 'parser oracle') do
  $stdin.each_line do |line|
    request = JSON.parse(line)
    logs.clear
    Puppet[:strict] = (request['strict'] || 'error').to_sym
    modulepath = request['modulepath']
    environment = Puppet::Node::Environment.create(:production, modulepath ? [modulepath] : [], '')
    answer = Puppet.override(current_environment: environment) do
      source = request['code'] || File.read(request['file'], encoding: 'utf-8')
      path = request['path'] || request['file'] || ''
      parser = request['epp'] ? Puppet::Pops::Parser::EppParser.new : Puppet::Pops::Parser::Parser.new
      begin
        model = parser.parse_string(source, path).model
        acceptor = Puppet::Pops::Validation::Acceptor.new
        Puppet::Pops::Validation::ValidatorFactory_4_0.new.validator(acceptor).validate(model)
        issues = acceptor.diagnostics.map do |d|
          [d.severity.to_s, formatter.format_message(d), d.source_pos&.line, d.source_pos&.pos]
        end
        tree = request['tree'] == false ? nil : Dump.node(model, Dump.units(source))
        { 'tree' => tree, 'issues' => issues }
      rescue Puppet::ParseErrorWithIssue, Puppet::ParseError => e
        { 'error' => [e.respond_to?(:basic_message) ? e.basic_message : e.message.sub(/ \((file|line).*\)\z/, ''), e.line, e.pos] }
      rescue StandardError => e
        { 'crash' => "#{e.class}: #{e.message}" }
      end
    end
    answer['logs'] = logs.dup unless logs.empty?
    puts JSON.generate(answer)
  end
end
