Puppet::Functions.create_function(:bare) do
  def bare; 'env bare'; end
end
