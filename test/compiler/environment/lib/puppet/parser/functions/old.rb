Puppet::Parser::Functions.newfunction(:old, :type => :rvalue) { |a| 'env old' }
