#!/usr/bin/env ruby
# frozen_string_literal: true

# Writes the table of Puppet's own resource types, as the real Puppet knows them: parameters and properties, the names
# that identify an instance, title patterns, and whether two instances may share a name.
#
#   ruby test/oracles/resource-types.rb > src/compiler/core-resource-types.json
#
# With $MODULES (directories separated by ':') the types below their lib/ folders are written as well: so
# src/compiler/vendored-resource-types.json was made, with the modules augeas_core 1.1.2, cron_core 1.1.0,
# host_core 1.1.0, mailalias_core 1.0.6, mount_core 1.0.4, selinux_core 1.2.0, sshkeys_core 2.3.0, yumrepo_core 3.0.1,
# zfs_core 2.0.1 and zone_core 2.0.2; `module` was added by hand.

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
