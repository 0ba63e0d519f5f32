# frozen_string_literal: true

require 'json'
require 'yaml'

# The documents of a concat file's fragments as one, in the format that the file asks for: hashes key by key, arrays
# without repetitions, the earlier value where `force` allows two that differ. Ruby writes it, as on a node.
Puppet::Functions.create_function(:'rehearsal::merge_fragments') do
  dispatch :assemble do
    param 'String', :format
    param 'Array[String]', :texts
    param 'Boolean', :force
    return_type 'String'
  end

  def assemble(format, texts, force)
    documents = texts.map { |text| format == 'yaml' ? YAML.safe_load(text) : JSON.parse(text) }
    whole = format.include?('array') ? documents : documents.reduce({}) { |all, one| join(all, one, force) }
    return whole.to_yaml if format == 'yaml'

    format.end_with?('pretty') ? JSON.pretty_generate(whole) : whole.to_json
  end

  def join(one, other, force)
    return one if other.nil? || other.empty?
    return other if one.nil? || one.empty?
    return one | other if one.is_a?(Array) && other.is_a?(Array)

    one.merge(other) do |key, mine, theirs|
      if [Hash, Array].any? { |kind| mine.is_a?(kind) && theirs.is_a?(kind) }
        join(mine, theirs, force)
      else
        refuse(key, mine, theirs) unless force || mine == theirs
        mine
      end
    end
  end

  def refuse(key, mine, theirs)
    raise "Duplicate key '#{key}' found with values '#{mine}' and #{theirs}'. Use 'force' attribute to merge keys."
  end
end
