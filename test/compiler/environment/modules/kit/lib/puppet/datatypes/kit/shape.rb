Puppet::DataTypes.create_type('Kit::Shape') do
  interface <<-PUPPET
    attributes => { width => Float },
    functions => { area => Callable[[], Float] }
  PUPPET
  load_file 'puppet_x/kit/shape'
  implementation_class PuppetX::Kit::Shape
end
