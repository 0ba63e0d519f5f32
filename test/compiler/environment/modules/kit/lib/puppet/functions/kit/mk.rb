Puppet::Functions.create_function(:'kit::mk') do
  dispatch :mk do
    param 'Kit::Point', :p
  end
  def mk(p)
    "#{p.x} #{p.y} #{p.label} #{p.sum} #{p.scale(3).label} #{p.class.name}"
  end
end
