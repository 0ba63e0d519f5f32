#!/usr/bin/env ruby
# frozen_string_literal: true

# Real Puppet's answers about types:
#
#   apt-get install -y puppet-agent
#   node test/oracles/type-requests.mjs | ruby test/oracles/puppet-types.rb > answers.jsonl
#
# One request a line, one answer a line in the same order; types and values are written as Puppet source. Types named
# Kinds::… and functions named kinds::… come from test/types/modules.
#   {"op": "print", "type"}                       {"text", "expanded", "normal"}
#   {"op": "instance", "type", "values"}          {"bits"}: 1 for each value that is of the type
#   {"op": "assignable", "type", "others"}        {"bits"}
#   {"op": "common", "type", "others"}            {"types"}
#   {"op": "infer", "value"}                      {"infer", "set", "general", "text"}
#   {"op": "describe", "type", "value"}           {"text"}
#   {"op": "evaluate", "code"}                    {"text", "type"}
#   {"op": "parameters", "parameters", "given"}   {"text"}: name → [type, whether it has a default]
#   {"op": "match", "pattern", "text"}            {"groups"}: null where it does not match
# or {"error"} with Puppet's message, without the place.

require 'json'
require 'puppet'
require 'puppet/pops'
require 'puppet_pal'

include Puppet::Pops::Types

modules = File.expand_path('../types/modules', __dir__)
$stdin.set_encoding('UTF-8')
$stdout.set_encoding('UTF-8')
Puppet.initialize_settings(['--log_level', 'crit'])

def plain(message)
  message.gsub(/ \((?:file: [^)]*|line: \d+(?:, column: \d+)?)\)\z/, '')
         .gsub(/0x0000\h+/, '0x0')
         .sub(/\AEvaluation Error: (?:Error while evaluating an? (?:'\[\]' expression|Method call|Function Call|Resource Statement|[A-Z][a-z]+(?: [A-Za-z]+)?), )?/, '')
end

def text(value)
  Puppet::Pops::Parser::EvaluatingParser.singleton.evaluator.string(value, nil)
end

Puppet::Pal.in_tmp_environment('types', modulepath: [modules], facts: {}) do |pal|
  pal.with_catalog_compiler do |compiler|
    source = ->(code) { compiler.evaluate_string(code) }
    calculator = TypeCalculator.singleton
    answer = lambda do |request|
      type = request['type'] && source.(request['type'])
      case request['op']
      when 'print'
        { text: TypeFormatter.string(type), expanded: type.to_alias_expanded_s, normal: type.normalize.to_alias_expanded_s }
      when 'instance'
        { bits: request['values'].map { |v| type.instance?(source.(v)) ? 1 : 0 }.join }
      when 'assignable'
        { bits: request['others'].map { |o| type.assignable?(source.(o)) ? 1 : 0 }.join }
      when 'common'
        { types: request['others'].map { |o| TypeFormatter.string(calculator.common_type(type, source.(o))) } }
      when 'infer'
        value = source.(request['value'])
        { infer: calculator.infer(value).to_s, set: calculator.infer_set(value).to_s,
          general: calculator.infer(value).generalize.to_s, text: text(value) }
      when 'describe'
        value = source.(request['value'])
        { text: TypeMismatchDescriber.singleton.describe_mismatch('x', type, calculator.infer_set(value)) }
      when 'evaluate'
        value = source.(request['code'])
        { text: text(value), type: calculator.infer(value).to_s }
      when 'parameters'
        struct = TypeFactory.struct(request['parameters'].to_h do |name, (of, optional)|
          key = TypeFactory.string(name)
          [optional ? TypeFactory.optional(key) : key, source.(of)]
        end)
        begin
          TypeMismatchDescriber.validate_parameters('X', struct, request['given'].transform_values { |v| source.(v) })
          { text: nil }
        rescue Puppet::ParseError => e
          { text: e.message }
        end
      when 'match'
        match = Regexp.new(request['pattern']).match(request['text'])
        { groups: match && match.to_a }
      end
    rescue StandardError, SystemStackError => e
      { error: plain(e.message) }
    end
    $stdin.each_line { |line| puts JSON.generate(answer.(JSON.parse(line))) }
  end
end
