#!/usr/bin/env ruby
# frozen_string_literal: true

# Writes the table of Puppet's own resource types, as the real Puppet knows them: parameters and properties, the names
# that identify an instance, title patterns, and whether two instances may share a name.
#
#   ruby test/oracles/resource-types.rb > src/compiler/core-resource-types.json
#
# With $MODULES (directories separated by ':') the types below their lib/ folders are written as well.

require 'json'
require 'puppet'

Puppet.initialize_settings(['--confdir', '/etc/puppetlabs/puppet', '--vardir', '/opt/puppetlabs/puppet/cache'])
(ENV['MODULES'] || '').split(':').each { |dir| Dir["#{dir}/*/lib"].each { |lib| $LOAD_PATH << lib } }
Puppet::Type.loadall
types = []
Puppet::Type.eachtype { |type| types << type }
metaparams = Puppet::Type.metaparams
rows = types.reject { |type| %i[component whit].include?(type.name) }.sort_by(&:name).map do |type|
  attributes = (type.properties.map(&:name) + type.parameters - metaparams).uniq
  attributes << :provider if type.parameters.include?(:provider)
  [type.name, {
    parameters: attributes.uniq.sort,
    namevars: type.key_attributes,
    titlePatterns: type.title_patterns.map do |pattern, names|
      { pattern: pattern.source, multiline: (pattern.options & Regexp::MULTILINE) != 0, names: names.map { |n| n[0] } }
    end,
    isomorphic: type.isomorphic?
  }]
end
puts "{\n#{rows.map { |name, row| "  #{name.to_json}: #{JSON.generate(row)}" }.join(",\n")}\n}"
