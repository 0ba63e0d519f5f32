Puppet::Type.newtype(:envtype) do
  newparam(:name)
end
