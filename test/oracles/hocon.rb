#!/usr/bin/env ruby
# frozen_string_literal: true

# What the Ruby gem hocon, which Puppet's hocon_data reads with, makes of texts.
#
#   apt-get install -y puppet-agent
#   ruby test/oracles/hocon.rb test/hiera/hocon-cases.json > test/hiera/recorded/hocon.json
#
# Values are written as by psych.rb; of errors only that there is one counts.

require 'json'
require 'hocon'
require 'hocon/config_error'

def show(value)
  case value
  when nil then { undef: true }
  when true, false then { boolean: value }
  when Integer then { integer: value.to_s }
  when Float then { float: value.to_s }
  when String then { string: value }
  when Array then { array: value.map { |v| show(v) } }
  when Hash then { hash: value.map { |k, v| [show(k), show(v)] } }
  else { other: value.class.name }
  end
end

cases = JSON.parse(File.read(ARGV.fetch(0)))
answers = cases.map do |text|
  result = begin
    { value: show(Hocon.parse(text)) }
  rescue StandardError => e
    { error: e.message }
  end
  JSON.generate({ text: text }.merge(result))
end
puts "{\"command\": #{JSON.generate("ruby test/oracles/hocon.rb #{ARGV[0]}")}, \"answers\": ["
puts answers.join(",\n")
puts ']}'
