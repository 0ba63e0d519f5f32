Puppet::Type.newtype(:kit_syntax) do
  newparam(:name
end
