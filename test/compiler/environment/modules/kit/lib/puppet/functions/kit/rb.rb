Puppet::Functions.create_function(:'kit::rb') do
  def rb(n)
    t = Puppet::Pops::Types::TypeParser.singleton.parse('Kit::Point')
    call_function('new', t, n, 2)
  end
end
