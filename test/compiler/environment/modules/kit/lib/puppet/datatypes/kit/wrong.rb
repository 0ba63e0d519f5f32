Puppet::DataTypes.create_type('Kit::Other') do
  interface 'attributes => { x => Integer }'
end
