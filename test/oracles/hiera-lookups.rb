#!/usr/bin/env ruby
# frozen_string_literal: true

# What real Puppet looks up over the environments of test/hiera/environments.
#
#   apt-get install -y puppet-agent
#   ruby test/oracles/hiera-lookups.rb test/hiera/lookup-cases.json > test/hiera/recorded/lookups.json
#
# A case: {"node", "names", "type"?, "merge"?, "default"?, "defaults"?, "override"?, "function"? (hiera, hiera_array,
# hiera_hash), "strict"?, "environment"?, "explain"?}. An answer adds "value" (each value with its kind) or "error", and
# "logs" and "explanation" (the text of `puppet lookup --explain`); paths in texts start with ENVIRONMENTS or GLOBAL.

require 'json'
require 'puppet'
require 'puppet/pops'

ROOT = File.expand_path('../hiera', __dir__)
ENVIRONMENTS = File.join(ROOT, 'environments')
GLOBAL = File.join(ROOT, 'global')

Puppet.initialize_settings(['--confdir', '/etc/puppetlabs/puppet', '--vardir', '/opt/puppetlabs/puppet/cache',
                            '--codedir', '/etc/puppetlabs/code', '--certname', 'puppet.example.com',
                            '--environmentpath', ENVIRONMENTS, '--hiera_config', File.join(GLOBAL, 'hiera.yaml')])
Puppet[:node_terminus] = 'plain'

LOGS = []
Puppet::Util::Log.newdesttype(:oracle) do
  match(->(_) { false })
  define_method(:handle) { |message| LOGS << message }
end
destination = Puppet::Util::Log.desttypes[:oracle].new
Puppet::Util::Log.instance_variable_get(:@destinations)[:oracle] = destination
Puppet::Util::Log.level = :notice
Puppet.push_context(Puppet.base_context(Puppet.settings), 'oracle')

def show(value)
  case value
  when nil then { undef: true }
  when :default then { default: true }
  when true, false then { boolean: value }
  when Integer then { integer: value.to_s }
  when Float then { float: value.to_s }
  when Symbol then { symbol: value.to_s }
  when String then { string: clean(value) }
  when Array then { array: value.map { |v| show(v) } }
  when Hash then { hash: value.map { |k, v| [show(k), show(v)] } }
  when Puppet::Pops::Types::PSensitiveType::Sensitive then { sensitive: show(value.unwrap) }
  else { other: value.class.name }
  end
end

def clean(text)
  text.gsub(ENVIRONMENTS, 'ENVIRONMENTS').gsub(GLOBAL, 'GLOBAL').sub(/\n   \((?:file|line).*\)\z/, '')
end

NODES = JSON.parse(File.read(File.join(ROOT, 'nodes.json')))

def with_scope(request)
  facts_of = NODES.fetch(request['node'])
  name = facts_of.fetch('trusted').fetch('certname')
  environment = Puppet.lookup(:environments).get!(request['environment'] || 'hiera')
  facts = Puppet::Node::Facts.new(name, facts_of.fetch('facts'))
  node = Puppet::Node.new(name, environment: environment, facts: facts)
  node.merge(facts.values)
  node.trusted_data = facts_of.fetch('trusted')
  node.add_server_facts('serverversion' => Puppet.version.to_s)
  loaders = Puppet::Pops::Loaders.new(environment)
  Puppet[:code] = ''
  Puppet.override(current_environment: environment, loaders: loaders) do
    compiler = Puppet::Parser::Compiler.new(node)
    compiler.compile do |catalog|
      yield compiler.topscope
      catalog
    end
  end
end

def look(request, scope, explainer)
  if request['function']
    return scope.call_function(request['function'], request['names'] + (request.key?('default') ? [request['default']] : []))
  end
  lookup = Puppet::Pops::Lookup
  type = request['type'] && Puppet::Pops::Types::TypeParser.singleton.parse(request['type'])
  names = request['names'].size == 1 ? request['names'][0] : request['names']
  invocation = lookup::Invocation.new(scope, request['override'] || {}, request['defaults'] || {}, explainer)
  if request['block']
    lookup.lookup(names, type, nil, false, request['merge'], invocation) { |n| "block got #{n}" }
  else
    lookup.lookup(names, type, request['default'], request.key?('default'), request['merge'], invocation)
  end
end

def answer(request)
  LOGS.clear
  Puppet.clear_deprecation_warnings
  Puppet[:strict] = (request['strict'] || 'warning').to_sym
  explainer = request['explain'] ? Puppet::Pops::Lookup::Explainer.new(true, false) : nil
  result = {}
  with_scope(request) do |scope|
    result[:value] = show(look(request, scope, explainer))
  rescue StandardError, SystemStackError => e
    # Ruby shows the line of Puppet's own source below what it says of a missing method.
    result[:error] = clean(e.is_a?(NoMethodError) ? e.message.lines.first.chomp : e.message)
    result[:error_class] = e.class.name
  end
  result[:explanation] = clean(explainer.explain) if explainer
  logs = LOGS.map { |m| "#{m.level}: #{clean(m.message.to_s)}" }.reject { |m| m =~ /The function 'hiera/ }
  result[:logs] = logs unless logs.empty?
  result
end

cases = JSON.parse(File.read(ARGV.fetch(0)))
answers = cases.map { |request| JSON.generate(request.merge(answer(request))) }
puts "{\"command\": #{JSON.generate("ruby test/oracles/hiera-lookups.rb #{ARGV[0]}")},"
puts "\"puppet\": \"#{Puppet.version}\", \"answers\": ["
puts answers.join(",\n")
puts ']}'
