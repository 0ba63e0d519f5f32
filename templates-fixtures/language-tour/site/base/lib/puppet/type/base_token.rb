# frozen_string_literal: true

Puppet::Type.newtype(:base_token) do
  @doc = 'A token on disk.'
  ensurable
  newparam(:name, namevar: true)
  newparam(:path)
  newproperty(:length) do
    defaultto 32
  end
end
