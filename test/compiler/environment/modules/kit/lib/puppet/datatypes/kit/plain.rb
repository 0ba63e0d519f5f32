Puppet::DataTypes.create_type('Kit::Plain') do
  interface <<-PUPPET
    attributes => { name => String, tags => { type => Array[String], value => [] } }
  PUPPET
end
