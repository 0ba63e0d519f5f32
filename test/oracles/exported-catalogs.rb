#!/usr/bin/env ruby
# frozen_string_literal: true

# Catalogs of several nodes of which some collect what others export: real Puppet with storeconfigs, and in PuppetDB's
# place the catalogs of a first round.
#
#   ruby exported-catalogs.rb ENVIRONMENTPATH ENVIRONMENT NODE… > answers.json
#
# {"NODE": {"resources": […]} or {"error": "…"}}. Nodes have no facts but what is trusted of them.

require 'json'
require 'puppet'
require 'puppet/pops'

path, name, *nodes = ARGV
Puppet.initialize_settings(['--confdir', '/etc/puppetlabs/puppet', '--vardir', '/opt/puppetlabs/puppet/cache',
                            '--codedir', '/etc/puppetlabs/code', '--certname', 'puppet.example.com',
                            '--environmentpath', File.expand_path(path)])
Puppet[:node_terminus] = 'plain'
# Set without its hook, which wants PuppetDB's own classes.
Puppet.singleton_class.prepend(Module.new do
  def [](setting)
    setting == :storeconfigs ? true : super
  end
end)
Puppet.push_context(Puppet.base_context(Puppet.settings), 'oracle')

STORE = {}

# As PuppetDB's terminus answers: exported resources of other nodes, with their parameters and nothing else.
def (Puppet::Resource.indirection).search(type, options)
  STORE.keys.sort.reject { |host| host == options[:host] }.flat_map do |host|
    found = STORE[host].select { |r| r['exported'] && r['type'] == type && passes(options[:filter], r) }
    found.map do |r|
      parameters = (r['parameters'] || {}).map do |key, value|
        Puppet::Parser::Resource::Param.new(name: key, value: value)
      end
      resource = Puppet::Parser::Resource.new(r['type'], r['title'], parameters: parameters, scope: options[:scope])
      resource.collector_id = "#{host}|#{r['type']}|#{r['title']}"
      resource
    end
  end
end

def passes(filter, resource)
  return true if filter.nil?

  left, operator, right = filter
  case operator
  when 'and' then passes(left, resource) && passes(right, resource)
  when 'or' then passes(left, resource) || passes(right, resource)
  when '=', '==' then field(left, resource, right)
  when '!=' then !field(left, resource, right)
  end
end

def field(left, resource, right)
  case left
  when 'tag' then resource['tags'].include?(right.downcase)
  when 'title' then resource['title'] == right
  else (resource['parameters'] || {})[left] == right
  end
end

def compile(certname, environment)
  node = Puppet::Node.new(certname, environment: environment)
  host, domain = certname.split('.', 2)
  node.trusted_data = { 'authenticated' => 'remote', 'certname' => certname, 'extensions' => {}, 'hostname' => host,
                        'domain' => domain }
  loaders = Puppet::Pops::Loaders.new(environment)
  catalog = Puppet.override(current_environment: environment, loaders: loaders) { Puppet::Parser::Compiler.compile(node) }
  { 'resources' => catalog.to_data_hash['resources'] }
rescue StandardError => e
  { 'error' => e.message }
end

environment = Puppet.lookup(:environments).get!(name)
first = nodes.to_h { |certname| [certname, compile(certname, environment)] }
first.each { |certname, answer| STORE[certname] = JSON.parse(JSON.generate(answer['resources'] || [])) }
puts JSON.generate(nodes.to_h { |certname| [certname, compile(certname, environment)] })
