Puppet::Type.type(:kit_full).provide(:plain) do
  def create; end
end
