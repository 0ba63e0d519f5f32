# frozen_string_literal: true

module Rehearsal
  # Code knows the environment's and the modules' files by the paths that Puppet gives them; here they lie elsewhere.
  module Paths
    @directories = nil

    class << self
      # The path here for one that code has been told.
      def inside(path)
        name = path.respond_to?(:to_path) ? path.to_path : path
        return path unless name.is_a?(String) && name.start_with?('/')

        move(name.include?('/../') ? File.absolute_path(name) : name, 0, 1) || path
      end

      # And back.
      def told(path) = (path.is_a?(String) && move(path, 1, 0)) || path

      # A message that names paths here.
      def told_in(text)
        return text unless text.include?('/modules/')

        directories.reduce(text) { |message, (told, here)| message.gsub(%r{(?<![\w/.-])#{Regexp.escape(here)}(?=[/\s:']|$)}) { told } }
      end

      def forget = @directories = nil

      private

      def move(path, from, to)
        found = directories.find { |pair| path.start_with?(pair[from]) && (path.size == pair[from].size || path[pair[from].size] == '/') }
        found && found[to] + path[found[from].size..]
      end

      def directories = @directories ||= Rehearsal.ask('module-directories') || []
    end

    # Methods that take a path first.
    FILE = %i[exist? file? directory? readable? size size? zero? empty? stat lstat mtime open new].freeze
    IO_METHODS = %i[read binread readlines foreach].freeze
    DIRECTORY = %i[exist? empty? entries children each_child foreach open new].freeze

    def self.first(names)
      Module.new do
        names.each do |name|
          define_method(name) { |path, *rest, **options, &block| super(Paths.inside(path), *rest, **options, &block) }
        end
      end
    end

    IO.singleton_class.prepend(first(IO_METHODS))
    File.singleton_class.prepend(first(FILE))
    Dir.singleton_class.prepend(first(DIRECTORY))

    File.singleton_class.prepend(Module.new do
      def realpath(path, *rest) = Paths.told(super(Paths.inside(path), *rest))
    end)

    Dir.singleton_class.prepend(Module.new do
      def glob(patterns, *rest, base: nil, **options, &block)
        patterns = patterns.is_a?(Array) ? patterns.map { |pattern| Paths.inside(pattern) } : Paths.inside(patterns)
        found = super(patterns, *rest, **options, **(base ? { base: Paths.inside(base) } : {})).map { |path| Paths.told(path) }
        block ? found.each(&block) && nil : found
      end

      def entries(...) = ['.', '..', *super].uniq

      def [](*patterns, **options) = glob(patterns.flatten, **options)
    end)
  end
end
