Puppet::Functions.create_function(:'kit::hash') do
  dispatch :hash do
    param 'Hash', :options
    param 'Puppet::LookupContext', :context
  end
  def hash(options, context)
    { 'kit::h1' => options['c'], 'kit::h2' => '%{facts.kernel}', 'kit::h3' => { 'x' => [1, 2] }, 'kit::h4' => context.interpolate('%{facts.kernel}') }
  end
end
