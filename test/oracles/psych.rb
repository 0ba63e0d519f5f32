#!/usr/bin/env ruby
# frozen_string_literal: true

# What Ruby's Psych makes of YAML texts, loaded the way Puppet loads Hiera data.
#
#   apt-get install -y puppet-agent
#   ruby -rpuppet test/oracles/psych.rb test/hiera/yaml-cases.json > test/hiera/recorded/yaml.json
#   ruby -rpuppet test/oracles/psych.rb --lines < texts.jsonl > answers.jsonl     # a JSON string a line, for fuzzing
#
# As in Hiera data, keys that are symbols become strings. A value is written with its kind, so that no two kinds look alike:
#   {"string"}, {"integer"} (decimal text), {"float"} (text), {"boolean"}, {"undef"}, {"symbol"}, {"array"},
#   {"hash": [[key, value], …]}, {"binary"} (base64)

require 'json'
require 'yaml'
require 'puppet'
require 'puppet/util/yaml'
require 'puppet/pops'

def show(value)
  case value
  when nil then { undef: true }
  when true, false then { boolean: value }
  when Integer then { integer: value.to_s }
  when Float then { float: value.to_s }
  when Symbol then { symbol: value.to_s }
  when String
    text = value.dup.force_encoding('UTF-8')
    text.valid_encoding? ? { string: text } : { binary: [value].pack('m0') }
  when Array then { array: value.map { |v| show(v) } }
  when Hash then { hash: value.map { |k, v| [show(k), show(v)] } }
  else { other: value.class.name }
  end
end

def answer(text)
  value = Puppet::Util::Yaml.safe_load(text, [Symbol])
  { value: show(Puppet::Pops::Lookup::HieraConfig.symkeys_to_string(value)) }
rescue SystemStackError
  { error: 'stack level too deep' }
rescue StandardError => e
  { error: e.message }
end

if ARGV.first == '--lines'
  $stdin.each_line { |line| puts JSON.generate(answer(JSON.parse(line, create_additions: false))) }
else
  cases = JSON.parse(File.read(ARGV.fetch(0)))
  answers = cases.map { |text| JSON.generate({ yaml: text }.merge(answer(text))) }
  puts "{\"command\": #{JSON.generate("ruby -rpuppet test/oracles/psych.rb #{ARGV[0]}")},"
  puts "\"psych\": \"#{Psych::VERSION}\", \"libyaml\": \"#{Psych::LIBYAML_VERSION}\", \"answers\": ["
  puts answers.join(",\n")
  puts ']}'
end
