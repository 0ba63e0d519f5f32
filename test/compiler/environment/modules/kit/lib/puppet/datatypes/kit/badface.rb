Puppet::DataTypes.create_type('Kit::Badface') do
  interface 'attributes => { x => Integr }'
end
