Puppet::Type.newtype(:kit_broken) do
  newparam(:name)
  raise "this type is broken"
end
