#!/usr/bin/env ruby
# frozen_string_literal: true

# The settings of a packaged agent, as `$settings::…` shows them, for src/project/puppet-settings.json:
#   ruby test/oracles/puppet-settings.rb > src/project/puppet-settings.json
# Settings that name an environment or this Ruby are left out; infinity is the text "Infinity".
require 'json'
require 'puppet'

Puppet.initialize_settings(['--confdir', '/etc/puppetlabs/puppet', '--vardir', '/opt/puppetlabs/puppet/cache',
                            '--codedir', '/etc/puppetlabs/code', '--certname', 'puppet.example.com'])
own = %i[name http_user_agent environmentpath manifest modulepath config_version strict strict_variables node_terminus]
settings = Puppet.settings.to_enum(:each).filter_map do |name, _|
  value = Puppet.settings[name]
  plain = [String, Integer, TrueClass, FalseClass, NilClass, Array].any? { |kind| value.is_a?(kind) }
  [name, plain ? value : value.to_s] unless own.include?(name)
end
puts JSON.pretty_generate(settings.to_h)
