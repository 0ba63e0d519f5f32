Puppet::Type.newtype(:kit_noname) do
  newparam(:value)
end
