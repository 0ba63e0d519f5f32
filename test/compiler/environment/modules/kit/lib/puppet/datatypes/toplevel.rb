Puppet::DataTypes.create_type('Toplevel') do
  interface 'attributes => { x => Integer }'
end
