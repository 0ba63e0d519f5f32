Puppet::DataTypes.create_type('Kit::Nointerface') do
end
