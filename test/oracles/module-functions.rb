#!/usr/bin/env ruby
# frozen_string_literal: true

# The functions that modules bring along, by the names of their files: in Puppet, in Ruby and in Ruby's older API.
#
#   ruby test/oracles/module-functions.rb [DIRECTORY] > test/functions/module-functions.json
#
# DIRECTORY holds the modules; /usr/share/puppet/modules otherwise. `shadowed` are those of the older API that manifests
# cannot reach, because Puppet or the module itself has a newer function of that name.

require 'json'
require 'puppet'

root = ARGV[0] || '/usr/share/puppet/modules'
kinds = { 'puppet' => ['functions', '.pp'], 'ruby' => ['lib/puppet/functions', '.rb'],
          'older' => ['lib/puppet/parser/functions', '.rb'] }
functions = %w[stdlib concat].to_h do |mod|
  found = kinds.flat_map do |kind, (directory, extension)|
    base = "#{root}/#{mod}/#{directory}/"
    Dir.glob("#{base}**/*#{extension}").sort.map do |path|
      name = path.delete_prefix(base).delete_suffix(extension).gsub('/', '::')
      { name: kind == 'puppet' ? "#{mod}::#{name}" : name, kind: kind }
    end
  end
  [mod, found]
end
newer = functions.values.flatten.reject { |f| f[:kind] == 'older' }.map { |f| f[:name] }
own = Dir.glob("#{$LOADED_FEATURES.grep(%r{/puppet\.rb\z}).first.delete_suffix('.rb')}/functions/*.rb").map { |f| File.basename(f, '.rb') }
older = functions.values.flatten.select { |f| f[:kind] == 'older' }.map { |f| f[:name] }

lines = functions.map do |mod, found|
  rows = found.map { |f| "      #{JSON.generate(f)}" }.join(",\n")
  "    #{JSON.generate(mod)}: [#{rows.empty? ? '' : "\n#{rows}\n    "}]"
end
puts <<~JSON
  {
    "command": "ruby test/oracles/module-functions.rb > test/functions/module-functions.json",
    "functions": {
  #{lines.join(",\n")}
    },
    "shadowed": #{JSON.generate((older & (newer | own)).sort)}
  }
JSON
