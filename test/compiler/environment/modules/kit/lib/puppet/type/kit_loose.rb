Puppet::Type.newtype(:kit_loose) do
  def self.isomorphic? = false
  newparam(:name)
  newparam(:message)
end
