Puppet::Functions.create_function(:'kit::env') do
  dispatch :env do
    param 'String', :s
  end
  def env(s)
    case s
    when 'lookup' then Puppet.lookup(:current_environment).name.to_s
    when 'setting' then [Puppet[:environment], Puppet[:strict].to_s, Puppet[:certname], Puppet[:confdir], Puppet[:ssldir], Puppet[:vardir], Puppet.settings[:confdir], Puppet.settings.value(:hostcert), Puppet[:strict_variables], Puppet[:server], Puppet[:basemodulepath].to_s].map(&:to_s).join(' ')
    when 'fact' then [Facter.value(:kernel), Facter.value('os').class.to_s, Facter[:kernel].class.to_s].join(' ')
    when 'scope' then [closure_scope['facts']['kernel'], closure_scope.lookupvar('facts')['kernel'], closure_scope.compiler.node.name, closure_scope.environment.to_s, closure_scope.catalog.class.to_s, closure_scope.compiler.environment.name.to_s].join(' ')
    when 'node' then [closure_scope.compiler.node.facts.values['kernel'], closure_scope.compiler.node.trusted_data['certname'], closure_scope.compiler.node.environment.to_s, closure_scope.compiler.node.parameters['kernel'], closure_scope.compiler.node.classes.inspect].join(' ')
    when 'modules' then closure_scope.environment.modules.map(&:name).sort.join(' ') + closure_scope.environment.module('kit').name + closure_scope.environment.modulepath.map{|x| File.basename(x)}.join(' ')
    when 'util' then [Puppet::Util.absolute_path?('/x'), Puppet::Util::Platform.windows?, Puppet::Util.which('sh').class, Puppet::Util.symbolizehash('a' => 1).inspect, Puppet::Util::Package.versioncmp('1', '2'), Puppet::Util::Errors.respond_to?(:fail)].map(&:to_s).join(' ')
    when 'features' then [Puppet.features.root?, Puppet.features.posix?, Puppet.run_mode.name.to_s, Puppet.version.class].map(&:to_s).join(' ')
    when 'global' then Puppet.lookup(:global_scope).class.to_s
    when 'nolookup' then Puppet.lookup(:nope)
    when 'nolookupb' then Puppet.lookup(:nope) { 'dflt' }
    when 'nosetting' then Puppet[:nope]
    when 'loaders' then Puppet.lookup(:loaders).class.to_s
    when 'type' then Puppet::Type.type(:file).name.to_s + Puppet::Type.type(:nope).inspect + Puppet::Type.type(:file).validattr?(:mode).to_s
    when 'ftype' then Puppet::Type.type(:file).new(name: '/x', mode: '644')[:mode]
    end
  end
end
