Puppet::Type.newtype(:kit_pair) do
  def self.title_patterns
    [
      [/\A([^:]+):([^:]+)\z/, [[:first, ->(x) { x.upcase }], [:second]]],
      [/\A(\w+)\z/, [[:first]]],
    ]
  end
  newparam(:first) { isnamevar }
  newparam(:second) { isnamevar }
  newproperty(:value)
end
