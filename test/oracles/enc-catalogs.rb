#!/usr/bin/env ruby
# frozen_string_literal: true

# What real Puppet makes of an external node classifier's output.
#
#   apt-get install -y puppet-agent
#   ruby test/oracles/enc-catalogs.rb test/project/enc-cases.json > test/project/recorded/enc.json
#
# The cases: {"site", "facts", "outputs": [YAML…]}. An answer: {"output", "classes", "notifies": {title: message},
# "environment"} or {"output", "error"}, and "logs" where there are any.

require 'json'
require 'puppet'
require 'puppet/indirector/node/exec'

Puppet.initialize_settings(['--confdir', '/etc/puppetlabs/puppet', '--vardir', '/opt/puppetlabs/puppet/cache',
                            '--codedir', '/etc/puppetlabs/code', '--certname', 'puppet.example.com'])
cases = JSON.parse(File.read(ARGV.fetch(0)))
LOGS = []
Puppet::Util::Log.newdesttype(:oracle) do
  match(->(_) { false })
  define_method(:handle) { |message| LOGS << message }
end
Puppet::Util::Log.instance_variable_get(:@destinations)[:oracle] = Puppet::Util::Log.desttypes[:oracle].new
Puppet::Util::Log.level = :notice
Puppet.push_context(Puppet.base_context(Puppet.settings), 'oracle')
Puppet[:strict] = :error
Puppet[:strict_variables] = true
NAME = 'a.example.com'

def answer(output, cases)
  LOGS.clear
  Puppet.clear_deprecation_warnings
  Puppet::Util::Warnings.clear_warnings
  environment = Puppet::Node::Environment.create(:production, [])
  terminus = Puppet::Node::Exec.new
  Puppet[:code] = cases['site']
  Puppet.override(current_environment: environment, environments: Puppet::Environments::Static.new(environment)) do
    result = terminus.send(:translate, NAME, output)
    result[:environment] ||= environment
    node = terminus.send(:create_node, NAME, result, Puppet::Node::Facts.new(NAME, cases['facts'].dup))
    node.trusted_data = { 'authenticated' => 'remote', 'certname' => NAME, 'extensions' => {},
                          'hostname' => 'a', 'domain' => 'example.com' }
    name = node.environment_name.to_s
    Puppet.override(loaders: Puppet::Pops::Loaders.new(environment)) do
      catalog = Puppet::Parser::Compiler.compile(node)
      notifies = catalog.resources.select { |r| r.type == 'Notify' }
      return { classes: catalog.classes, notifies: notifies.to_h { |r| [r.title, r[:message]] }, environment: name }
    end
  end
rescue StandardError => e
  { error: e.message }
end

puts "{\"command\": #{JSON.generate("ruby test/oracles/enc-catalogs.rb #{ARGV[0]}")},"
puts "\"puppet\": \"#{Puppet.version}\", \"answers\": ["
puts(cases['outputs'].map do |output|
  told = answer(output, cases)
  logs = LOGS.map { |m| "#{m.level}: #{m.message}" }
  JSON.generate({ output: output }.merge(told).merge(logs.empty? ? {} : { logs: logs }))
end.join(",\n"))
puts ']}'
