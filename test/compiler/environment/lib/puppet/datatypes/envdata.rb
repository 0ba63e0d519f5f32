Puppet::DataTypes.create_type('Envdata') do
  interface 'attributes => { x => Integer }'
end
