require_relative '../../util/kit_help'
require_relative '../../../puppet_x/kit/deep'
Puppet::Functions.create_function(:'kit::help') do
  dispatch :help do
    param 'String', :s
  end
  def help(s)
    "#{Puppet::Util::KitHelp.twice(s)} #{PuppetX::Kit::Deep.level}"
  end
end
