require 'puppet/property/list'
require 'puppet/property/ordered_list'
require 'puppet/property/keyvalue'
require 'puppet/property/boolean'
Puppet::Type.newtype(:kit_meta) do
  newparam(:name)
  newparam(:tag) if false
  %w[one two].each { |n| newproperty(n.to_sym) { desc n } }
  Puppet::Type.type(:file).name
  newparam(:copied, parent: Puppet::Parameter) { aliasvalue(:a, :b) if false }
  newproperty(:list, parent: Puppet::Property::List) { def membership = :list_membership }
  newproperty(:own_list, parent: Puppet::Property::OrderedList)
  newproperty(:kv, parent: Puppet::Property::KeyValue)
  newproperty(:ok, parent: Puppet::Property::Boolean)
  const_set(:X, 5)
  def self.instances = []
  @depthfirst = true
end
