Puppet::DataTypes.create_type('Environment::Ed') do
  interface 'attributes => { x => Integer }'
end
