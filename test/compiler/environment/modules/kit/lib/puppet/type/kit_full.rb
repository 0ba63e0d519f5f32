require_relative '../../puppet_x/kit/deep'
require 'puppet/parameter/boolean'
Puppet::Type.newtype(:kit_full, self_refresh: true) do
  @doc = 'Everything that a type may have.'
  feature :fast, 'Is fast.', methods: [:speed]
  ensurable do
    desc 'Whether it is there.'
    newvalue(:present) { provider.create }
    newvalue(:absent) { provider.destroy }
    newvalue(:latest, required_features: :fast)
    defaultto :present
    def insync?(is) = is == should
  end
  newparam(:path, namevar: true) do
    desc 'A path.'
    validate { |value| raise ArgumentError, 'must be absolute' unless value.start_with?('/') }
    munge { |value| value.chomp('/') }
  end
  newparam(:needed) do
    isrequired
  end
  newparam(:level) do
    newvalues(1, 2, 3, /\A4\d\z/)
    defaultto { PuppetX::Kit::Deep.level }
    munge { |value| Integer(value) }
  end
  newparam(:flag, boolean: true, parent: Puppet::Parameter::Boolean)
  newproperty(:items, array_matching: :all) do
    def should_to_s(value) = value.inspect
  end
  newproperty(:fast_mode, required_features: :fast)
  newproperty(:checked) do
    validate { |value| raise Puppet::Error, "bad #{value}" if value == 'bad' }
  end
  validate do
    raise Puppet::Error, 'needed is needed' unless self[:needed]
  end
  autorequire(:file) { [self[:path]] }
  autobefore(:service) { 'x' }
  def self.title_patterns = super
  def refresh; end
end
