Puppet::Type.newtype(:shop_setting) do
  @doc = 'A setting of the shop.'
  ensurable
  newparam(:key, namevar: true)
  newproperty(:value)
end
